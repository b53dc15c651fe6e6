package io.eventrouter.loadgen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a page in Chromium, if there is one in the path. */
class PageInBrowserTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int MAX_SECONDS = 300;
    private static final String PREFER_DARK = "--blink-settings=preferredColorScheme=0";
    // The colour #0b62b5 as PDF writes it.
    private static final Pattern FIRST_SERIES_ON_PAPER = Pattern.compile("\\.0431\\d* \\.3843\\d* \\.7098\\d* (RG|rg)");

    @TempDir
    private Path directory;

    @Test
    void drawsEveryChartAndRunsNoCodeOfNames() throws Exception {
        final Path page = directory.resolve("sample.html");
        SamplePage.create().writeTo(page);

        final String drawn = browse(page, "--window-size=1000,800", "--dump-dom");

        assertEquals(5, count(drawn, "class=\"uplot"), drawn);
        assertFalse(drawn.contains("<img"));
    }

    @Test
    void printsEveryChartInDarkInk() throws Exception {
        final Path page = directory.resolve("sample.html");
        final Path printed = directory.resolve("sample.pdf");
        SamplePage.create().writeTo(page);

        browse(page, PREFER_DARK, "--no-pdf-header-footer", "--print-to-pdf=" + printed);

        final long strokes = FIRST_SERIES_ON_PAPER
                .matcher(inflate(Files.readAllBytes(printed)))
                .results()
                .count();
        assertTrue(strokes >= 5, "each of five charts has a first series: strokes=" + strokes);
    }

    private String browse(final Path page, final String... options) throws IOException, InterruptedException {
        final Path out = directory.resolve("out.txt");
        final List<String> command = new ArrayList<>(List.of(
                browser(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        final Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err.txt").toFile())
                .start();
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("the browser did not end within " + MAX_SECONDS + " s");
        }
        return Files.readString(out);
    }

    private static String browser() {
        for (final String directory : System.getenv("PATH").split(":")) {
            for (final String name : NAMES) {
                final Path candidate = Path.of(directory, name);
                if (Files.isExecutable(candidate)) {
                    return candidate.toString();
                }
            }
        }
        assumeTrue(false, "skipped: there is no Chromium in the path");
        throw new AssertionError();
    }

    /** The compressed parts of a PDF file, as text. */
    private static String inflate(final byte[] pdf) {
        final String all = new String(pdf, StandardCharsets.ISO_8859_1);
        final StringBuilder content = new StringBuilder();
        final byte[] buffer = new byte[1 << 16];
        for (int start = all.indexOf("stream\n"); start >= 0; start = all.indexOf("stream\n", start + 1)) {
            final Inflater inflater = new Inflater();
            inflater.setInput(pdf, start + 7, pdf.length - start - 7);
            try {
                int length = inflater.inflate(buffer);
                while (length > 0) {
                    content.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                    length = inflater.inflate(buffer);
                }
            } catch (final DataFormatException e) {
                // The end of one, or one that is not compressed.
            } finally {
                inflater.end();
            }
        }
        return content.toString();
    }

    private static long count(final String text, final String wanted) {
        return Pattern.compile(Pattern.quote(wanted)).matcher(text).results().count();
    }
}
