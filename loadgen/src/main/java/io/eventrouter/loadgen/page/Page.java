package io.eventrouter.loadgen.page;

import io.eventrouter.loadgen.output.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An HTML page in one file: nothing is loaded, so that it can be mailed, archived and opened offline.
 *
 * <p>Blocks appear in the order in which they are added. Every text is plain text. A page follows the reader's choice
 * of light or dark, fits a telephone, and prints.
 *
 * <pre>{@code
 * new Page("Nightly benchmarks")
 *         .verdict(Tone.GOOD, "No regression", "None of 42 benchmarks became slower.")
 *         .heading("Whole path")
 *         .chart(new IntervalChart("Events a second", "rate", Unit.PER_SECOND)
 *                 .point("1,000,000 devices", "before", 2.1e6, 1.9e6, 2.2e6)
 *                 .point("1,000,000 devices", "after", 4.3e6, 4.1e6, 4.4e6))
 *         .writeTo(Path.of("report.html"));
 * }</pre>
 */
public final class Page {
    private static final int FEWEST_HEADINGS_TO_LIST = 4;

    private final String title;
    private final HtmlWriter body = new HtmlWriter();
    private final List<String> headings = new ArrayList<>();
    private String footer = "";
    private int charts;

    /**
     * A page without content.
     *
     * @param title of the page.
     */
    public Page(final String title) {
        this.title = title;
    }

    /**
     * Begin a section; the headings are listed at the top of a long page.
     *
     * @param text of the heading.
     * @return this.
     */
    public Page heading(final String text) {
        headings.add(text);
        body.open("h2", "id", "section-" + headings.size()).text(text).close("h2");
        body.line();
        return this;
    }

    /**
     * Begin a part of a section.
     *
     * @param text of the heading.
     * @return this.
     */
    public Page subheading(final String text) {
        body.element("h3", text).line();
        return this;
    }

    /**
     * Add a paragraph.
     *
     * @param text of the paragraph.
     * @return this.
     */
    public Page paragraph(final String text) {
        body.element("p", text).line();
        return this;
    }

    /**
     * Add a paragraph of small print, such as how something was measured.
     *
     * @param text of the paragraph.
     * @return this.
     */
    public Page note(final String text) {
        body.open("p", "class", "note").text(text).close("p").line();
        return this;
    }

    /**
     * Add a list of short points.
     *
     * @param points of the list.
     * @return this.
     */
    public Page list(final List<String> points) {
        body.open("ul");
        points.forEach(point -> body.element("li", point));
        body.close("ul").line();
        return this;
    }

    /**
     * Say what came out, in words.
     *
     * @param tone of the news.
     * @param word the verdict in a few words.
     * @param reason one or two sentences with the figures that it rests on.
     * @return this.
     */
    public Page verdict(final Tone tone, final String word, final String reason) {
        body.open("div", "class", "verdict " + tone.styleClass());
        body.open("p", "class", "word");
        body.open("span", "class", "sign", "aria-hidden", "true")
                .text(tone.sign())
                .close("span");
        body.text(word).close("p").element("p", reason).close("div").line();
        return this;
    }

    /**
     * Add the few numbers that a reader looks for first.
     *
     * @param figures the numbers, six at most are easy to take in.
     * @return this.
     */
    public Page keyFigures(final List<KeyFigure> figures) {
        body.open("dl", "class", "figures");
        for (final KeyFigure figure : figures) {
            body.open("div").element("dt", figure.label());
            body.open("dd").element("strong", figure.value());
            if (!figure.note().isEmpty()) {
                body.element("small", figure.note());
            }
            body.close("dd").close("div");
        }
        body.close("dl").line();
        return this;
    }

    /**
     * Add names with their values, such as an environment.
     *
     * @param facts the values by name, in the order of the map.
     * @return this.
     */
    public Page facts(final Map<String, String> facts) {
        body.open("dl", "class", "facts");
        facts.forEach((name, value) ->
                body.open("div").element("dt", name).element("dd", value).close("div"));
        body.close("dl").line();
        return this;
    }

    /**
     * Add a table.
     *
     * @param table to add.
     * @return this.
     */
    public Page table(final DataTable table) {
        table.write(body);
        return this;
    }

    /**
     * Add a chart; its figures can be unfolded below it as a table if they are few enough to read.
     *
     * @param chart to add; one without points is left out.
     * @return this.
     */
    public Page chart(final Chart chart) {
        if (chart.isEmpty()) {
            return this;
        }
        charts++;
        body.open("figure", "class", "chart", "id", "chart-" + charts);
        body.open("figcaption").element("h3", chart.title());
        if (!chart.caption().isEmpty()) {
            body.element("p", chart.caption());
        }
        body.close("figcaption");
        body.open("div", "class", "plot").close("div");
        body.open("script", "type", "application/json").raw(ChartJson.of(chart)).close("script");
        final DataTable figures = chart.figures();
        if (figures != null) {
            body.open("details").element("summary", "Figures of this chart");
            figures.write(body);
            body.close("details");
        }
        body.close("figure").line();
        return this;
    }

    /**
     * Say at the end of the page what made it and when.
     *
     * @param text of the last paragraph.
     * @return this.
     */
    public Page footer(final String text) {
        footer = text;
        return this;
    }

    /**
     * The page.
     *
     * @return the whole document.
     */
    public String html() {
        final HtmlWriter html = new HtmlWriter();
        html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").line();
        writeHead(html);
        html.open("body").open("main").line();
        html.element("h1", title).line();
        writeContents(html);
        if (charts > 0) {
            html.open("noscript");
            html.element(
                    "p",
                    "The charts are drawn by a script, which this browser does not run; the tables below them"
                            + " hold their figures.");
            html.close("noscript").line();
        }
        html.raw(body.finish());
        writeFooter(html);
        html.close("main").line();
        if (charts > 0) {
            html.open("script").raw(PageResources.SCRIPT).close("script").line();
        }
        return html.close("body").close("html").line().finish();
    }

    /**
     * Write the page.
     *
     * @param file to write; what it held is replaced.
     * @throws IOException if it cannot be written.
     */
    public void writeTo(final Path file) throws IOException {
        WholeFile.write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    private void writeHead(final HtmlWriter html) {
        html.open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", PageResources.SECURITY_POLICY)
                .line();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.empty("meta", "name", "color-scheme", "content", "light dark").line();
        html.element("title", title).line();
        html.open("style").raw(PageResources.STYLE).close("style").line();
        html.close("head").line();
    }

    private void writeContents(final HtmlWriter html) {
        if (headings.size() < FEWEST_HEADINGS_TO_LIST) {
            return;
        }
        html.open("nav", "aria-label", "Sections").open("ul");
        for (int i = 0; i < headings.size(); i++) {
            html.open("li").open("a", "href", "#section-" + (i + 1));
            html.text(headings.get(i)).close("a").close("li");
        }
        html.close("ul").close("nav").line();
    }

    private void writeFooter(final HtmlWriter html) {
        html.open("footer");
        if (!footer.isEmpty()) {
            html.element("p", footer);
        }
        if (charts > 0) {
            html.element(
                    "p",
                    "Charts by uPlot " + PageResources.CHART_LIBRARY_VERSION
                            + " (MIT licence, in the source of this page). Drag across a chart over time to zoom in,"
                            + " double-click to zoom out.");
        }
        html.close("footer").line();
    }
}
