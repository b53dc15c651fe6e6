package io.eventrouter.loadgen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {
    private static final Pattern CODE = Pattern.compile("(?s)(<(script|style)[^>]*>)(.*?)</\\2>");

    @Test
    void closesEveryElementInItsTurn() throws Exception {
        assertEquals(
                "html", parse(SamplePage.create().html()).getDocumentElement().getTagName());
    }

    @Test
    void showsHostileNamesAsText() throws Exception {
        final String html = SamplePage.create().html();
        final Document page = parse(html);

        final String shown = SamplePage.HOSTILE.replace("\u202e", "\\u202e").replace("\0", "\\u0000");
        assertTrue(page.getElementsByTagName("h1").item(0).getTextContent().endsWith(shown));
        assertEquals(0, page.getElementsByTagName("img").getLength());
        assertEquals(
                6, page.getElementsByTagName("script").getLength(), "one for each of five charts, and the page's own");
        assertFalse(html.contains("<script>alert"));
    }

    @Test
    void loadsNothingFromAnywhere() throws Exception {
        final String html = SamplePage.create().html();
        final NodeList elements = parse(html).getElementsByTagName("*");

        for (int i = 0; i < elements.getLength(); i++) {
            final Element element = (Element) elements.item(i);
            assertFalse(element.hasAttribute("src"), element.getTagName() + " has a source");
            assertFalse(List.of("link", "iframe", "object", "embed", "base").contains(element.getTagName()));
            assertTrue(element.getAttribute("href").isEmpty()
                    || element.getAttribute("href").startsWith("#"));
        }
        for (final String code : code(html)) {
            assertFalse(
                    Pattern.compile("url\\(|@import|@font-face|fetch\\(|XMLHttpRequest|WebSocket|sendBeacon|import\\(")
                            .matcher(code)
                            .find());
        }
        assertTrue(html.contains("default-src &#39;none&#39;; style-src &#39;sha256-"));
    }

    @Test
    void carriesTheLicenceOfTheChartLibrary() {
        final String html = SamplePage.create().html();

        assertTrue(html.contains("Copyright (c) 2022 Leon Sorokin"));
        assertTrue(html.contains("Permission is hereby granted"));
    }

    @Test
    void leavesTheChartLibraryOutOfAPageWithoutCharts() {
        final String html = new Page("Words").paragraph("only").html();

        assertFalse(html.contains("uPlot("));
    }

    @Test
    void givesChartsTheirPointsAsJson() throws Exception {
        final String html = SamplePage.create().html();
        int charts = 0;

        for (final String code : code(html)) {
            if (code.startsWith("{\"title\"")) {
                charts++;
                try (JsonParser json = new JsonFactory().createParser(code)) {
                    while (json.nextToken() != null) {
                        // Reads to the end, or throws.
                    }
                }
            }
        }
        assertEquals(5, charts);
    }

    @Test
    void showsNoEmptyChart() {
        final String html = new Page("None")
                .chart(LineChart.overTime("Rate", "events", Unit.PER_SECOND))
                .html();

        assertFalse(html.contains("<figure"));
    }

    @Test
    void unfoldsTheFiguresOfAChartThatHasFew() throws Exception {
        final Document page = parse(SamplePage.create().html());

        final String figures = page.getElementsByTagName("details").item(0).getTextContent();
        assertTrue(figures.contains("128\u00a0ns (120\u00a0ns to 140\u00a0ns)"), figures);
    }

    @Test
    void listsTheSectionsOfALongPage() throws Exception {
        final Document page = parse(SamplePage.create().html());

        assertTrue(page.getElementsByTagName("nav").item(0).getTextContent().startsWith("Over timePercentiles"));
        assertFalse(new Page("Short").heading("One").html().contains("<nav"));
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        final LineChart growth = LineChart.growth("t", "size", Unit.COUNT, "cost", Unit.NANOSECONDS);
        final double[] two = {1, 2};

        assertEquals(
                "ys must be as many as xs: series=a, ys=1, xs=2",
                assertThrows(IllegalArgumentException.class, () -> growth.series("a", two, new double[1]))
                        .getMessage());
        assertEquals(
                "x must ascend within its range: series=a, index=0, x=0.0",
                assertThrows(IllegalArgumentException.class, () -> growth.series("a", new double[] {0, 2}, two))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new IntervalChart("t", "l", Unit.COUNT).point("r", "s", Double.NaN, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new BarChart("t", "l", Unit.COUNT).bar("r", "p", -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DataTable("").text("a").row("1", "2"));
    }

    private static List<String> code(final String html) {
        final List<String> code = new ArrayList<>();
        final Matcher matcher = CODE.matcher(html);
        while (matcher.find()) {
            code.add(matcher.group(3));
        }
        return code;
    }

    // The page is well-formed XML once scripts and styles are taken out, which is stricter than HTML asks for.
    private static Document parse(final String html) throws Exception {
        final String markup = CODE.matcher(html).replaceAll("$1</$2>");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)));
    }
}
