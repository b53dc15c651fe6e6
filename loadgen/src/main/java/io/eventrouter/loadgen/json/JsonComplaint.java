package io.eventrouter.loadgen.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why something is not JSON in words for people who write JSON, not parsers. */
public final class JsonComplaint {
    private static final int MAX_WORD_LENGTH = 32;
    // The character comes as itself or as CTRL-CHAR; its code comes always.
    private static final String CHARACTER = "(?s)Unexpected character \\(.*?\\(?code (\\d+).*?\\)+";

    private record Rule(Pattern complaint, Function<MatchResult, String> words) {
        private static Rule of(final String complaint, final Function<MatchResult, String> words) {
            return new Rule(Pattern.compile(complaint), words);
        }
    }

    // Read from the first; what none fits is only said not to be JSON.
    private static final List<Rule> RULES = List.of(
            Rule.of(
                    "Unexpected end-of-input in (VALUE_STRING|field name|character escape.*)",
                    found -> "ends in a string"),
            Rule.of("Unexpected end-of-input.* Object.*", found -> "ends in an object, '}' is missing"),
            Rule.of("Unexpected end-of-input.* Array.*", found -> "ends in an array, ']' is missing"),
            Rule.of("Unexpected end-of-input.*", found -> "ends too early"),
            Rule.of("(?s)Unrecognized token '(.*?)'.*", found -> "unknown word " + quoted(found.group(1))),
            Rule.of("Non-standard token '(.*?)'.*", found -> "no number of JSON: " + quoted(found.group(1))),
            Rule.of(CHARACTER + ".* comment\\?.*", found -> "comments are not allowed"),
            Rule.of(CHARACTER + ".* start field name", found -> unexpected(found, "a field name in double quotes")),
            Rule.of(CHARACTER + ".* expecting a colon.*", found -> unexpected(found, "a colon")),
            Rule.of(CHARACTER + ".* expecting comma.* Object.*", found -> unexpected(found, "a comma or '}'")),
            Rule.of(CHARACTER + ".* expecting comma.* Array.*", found -> unexpected(found, "a comma or ']'")),
            Rule.of(CHARACTER + " in numeric value.*", found -> unexpected(found, "a digit")),
            Rule.of(CHARACTER + ".* hex-digit.*", found -> unexpected(found, "a hex digit of the escape")),
            Rule.of(CHARACTER + ".* expected a.* value.*", found -> unexpected(found, "a value")),
            Rule.of(CHARACTER + ".*", found -> "unexpected " + character(found)),
            Rule.of("Invalid numeric value: Leading zeroes.*", found -> "a number may not begin with 0"),
            Rule.of(
                    "Illegal unquoted character .*code (\\d+).*",
                    found -> "in a string this must be escaped: " + character(found)),
            Rule.of("Illegal character .*code (\\d+).*", found -> "unexpected " + character(found)),
            Rule.of(
                    "Unexpected close marker '(.)': expected '(.)'.*",
                    found -> "unexpected '" + found.group(1) + "', expected '" + found.group(2) + "'"),
            Rule.of("Unexpected close marker '(.)'.*", found -> "unexpected '" + found.group(1) + "'"),
            Rule.of(
                    "(?s)Unrecognized character escape .*code (\\d+).*",
                    found -> "unknown escape: " + character(found)),
            Rule.of(
                    "Document nesting depth \\(\\d+\\) exceeds the maximum allowed \\((\\d+).*",
                    found -> "is nested deeper than " + found.group(1) + " levels"),
            Rule.of(
                    "(Number value|Name|String value|String) length \\((\\d+)\\) exceeds the maximum allowed \\((\\d+).*",
                    found -> (found.group(1).startsWith("Number")
                                    ? "a number"
                                    : found.group(1).equals("Name") ? "a field name" : "a string")
                            + " may not be longer than " + found.group(3)));

    private JsonComplaint() {}

    /**
     * Why something is not JSON, in one short line.
     *
     * @param complaint of the parser.
     * @return the words, with the column if it is known.
     */
    public static String describe(final JsonProcessingException complaint) {
        final String words = words(String.valueOf(complaint.getOriginalMessage()));
        return complaint.getLocation() == null
                ? words
                : words + ", column " + complaint.getLocation().getColumnNr();
    }

    private static String words(final String complaint) {
        for (final Rule rule : RULES) {
            final Matcher matcher = rule.complaint.matcher(complaint);
            if (matcher.matches()) {
                return rule.words.apply(matcher.toMatchResult());
            }
        }
        return "malformed text";
    }

    private static String unexpected(final MatchResult found, final String wanted) {
        return "unexpected " + character(found) + ", expected " + wanted;
    }

    private static String character(final MatchResult found) {
        final int code = Integer.parseInt(found.group(1));
        return code > 0x20 && code <= 0x7E ? "'" + (char) code + "'" : String.format("U+%04X", code);
    }

    private static String quoted(final String word) {
        final StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(word.length(), MAX_WORD_LENGTH); i++) {
            final char c = word.charAt(i);
            quoted.append(c >= 0x20 && c <= 0x7E ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return quoted.append(word.length() > MAX_WORD_LENGTH ? "...'" : "'").toString();
    }
}
