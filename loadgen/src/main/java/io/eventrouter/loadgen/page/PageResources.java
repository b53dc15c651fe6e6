package io.eventrouter.loadgen.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** What every page carries in itself: its style, the chart library with its licence, and the script that draws. */
final class PageResources {
    /** Version of the chart library, which is part of the names in its jar; as in the parent POM. */
    static final String CHART_LIBRARY_VERSION = "1.6.30";

    private static final String CHART_LIBRARY = "/META-INF/resources/webjars/uplot/" + CHART_LIBRARY_VERSION + "/";

    // They share one scope, in which the last one begins to draw.
    private static final List<String> OWN_SCRIPTS =
            List.of("numbers.js", "axes.js", "series.js", "lines.js", "rows.js", "charts.js");

    static final String STYLE = read(CHART_LIBRARY + "dist/uPlot.min.css") + "\n" + read("page.css");

    static final String SCRIPT = "/*!\nuPlot " + CHART_LIBRARY_VERSION + " draws the charts. Its licence:\n\n"
            + read(CHART_LIBRARY + "LICENSE") + "\n*/\n" + read(CHART_LIBRARY + "dist/uPlot.iife.min.js")
            + "\n(() => {\n\"use strict\";\n" + readAll(OWN_SCRIPTS) + "})();\n";

    /**
     * Only the style and the script above may act in the page, and nothing may be loaded: should a text ever get past
     * the escaping, it is still no more than text.
     */
    static final String SECURITY_POLICY =
            "default-src 'none'; style-src " + hash(STYLE) + "; script-src " + hash(SCRIPT) + "; img-src data:";

    private PageResources() {}

    private static String readAll(final List<String> names) {
        return names.stream().map(PageResources::read).collect(Collectors.joining("\n"));
    }

    private static String read(final String name) {
        try (InputStream in = PageResources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("a part of the program is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (final IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static String hash(final String content) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            final byte[] hash = digest.digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
