package io.eventrouter.benchmarks.runner.results;

import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.output.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/** Writes a JUnit file, which continuous integration servers show as tests. */
public final class CaseReport {
    /** How a case ended. */
    public enum Ending {
        /** As it should. */
        PASSED,
        /** A limit is exceeded, or something got worse. */
        FAILURE,
        /** The benchmark failed. */
        ERROR,
        /** Not decided. */
        SKIPPED
    }

    /**
     * A case.
     *
     * @param benchmark with its parameters; what servers group by.
     * @param name of what was checked.
     * @param ending of the case.
     * @param message of one line.
     */
    public record Case(String benchmark, String name, Ending ending, String message) {
        /**
         * A check of a limit.
         *
         * @param check that was made.
         * @return the case; an error if the benchmark did not report the figure.
         */
        public static Case of(final LimitCheck check) {
            final Ending ending = check.missing() ? Ending.ERROR : check.exceeded() ? Ending.FAILURE : Ending.PASSED;
            return new Case(
                    check.benchmark(), check.metric() + " against " + check.limitWords(), ending, check.words());
        }
    }

    private CaseReport() {}

    /**
     * Write the file.
     *
     * @param file to write.
     * @param suite name of all cases together.
     * @param cases in order.
     * @throws IOException if it cannot be written.
     */
    public static void write(final Path file, final String suite, final List<Case> cases) throws IOException {
        final StringWriter text = new StringWriter();
        try {
            final XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(cases.size()));
            xml.writeAttribute("failures", count(cases, Ending.FAILURE));
            xml.writeAttribute("errors", count(cases, Ending.ERROR));
            xml.writeAttribute("skipped", count(cases, Ending.SKIPPED));
            for (final Case one : cases) {
                writeCase(xml, one);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (final XMLStreamException e) {
            throw new IOException(e);
        }
        WholeFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The errors in a file that {@link #write} wrote.
     *
     * @param file to read.
     * @return cases that are errors, in the order of the file.
     * @throws BadInputException if it cannot be read.
     */
    public static List<Case> errors(final Path file) {
        final XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        final List<Case> errors = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            final XMLStreamReader xml = factory.createXMLStreamReader(in);
            String benchmark = null;
            String name = null;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    if (xml.getLocalName().equals("testcase")) {
                        benchmark = xml.getAttributeValue(null, "classname");
                        name = xml.getAttributeValue(null, "name");
                    } else if (xml.getLocalName().equals("error")) {
                        final String message = xml.getAttributeValue(null, "message");
                        errors.add(new Case(benchmark, name, Ending.ERROR, message));
                    }
                }
            }
        } catch (final XMLStreamException e) {
            throw new BadInputException("not readable as XML: value=" + file);
        } catch (final IOException e) {
            throw new BadInputException("cannot read " + file + ": " + FileComplaint.describe(e));
        }
        return errors;
    }

    private static void writeCase(final XMLStreamWriter xml, final Case one) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", one.benchmark);
        xml.writeAttribute("name", one.name);
        switch (one.ending) {
            case FAILURE -> writeMessage(xml, "failure", one.message);
            case ERROR -> writeMessage(xml, "error", one.message);
            case SKIPPED -> writeMessage(xml, "skipped", one.message);
            case PASSED -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(one.message);
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private static void writeMessage(final XMLStreamWriter xml, final String element, final String message)
            throws XMLStreamException {
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", message);
    }

    private static String count(final List<Case> cases, final Ending ending) {
        return Long.toString(cases.stream().filter(one -> one.ending == ending).count());
    }
}
