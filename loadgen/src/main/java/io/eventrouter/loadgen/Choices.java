package io.eventrouter.loadgen;

import io.eventrouter.loadgen.trace.OnError;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What may be said on the command line: words for choices, such as {@code after-2023-03}, numbers, and names of files.
 */
public final class Choices {
    /** The eras. */
    public static final class EraChoice implements ITypeConverter<Era> {
        @Override
        public Era convert(final String value) {
            return parse(Era.values(), value);
        }
    }

    /** The policies about what devices hear through their product. */
    public static final class ProductScopeChoice implements ITypeConverter<ProductScope> {
        @Override
        public ProductScope convert(final String value) {
            return parse(ProductScope.values(), value);
        }
    }

    /** What happens at a line that is wrong. */
    public static final class OnErrorChoice implements ITypeConverter<OnError> {
        @Override
        public OnError convert(final String value) {
            return parse(OnError.values(), value);
        }
    }

    /** A number of days. */
    public static final class Days implements ITypeConverter<Integer> {
        @Override
        public Integer convert(final String value) {
            try {
                return Integer.valueOf(value);
            } catch (final NumberFormatException e) {
                throw new TypeConversionException("must be a whole number: value=" + value);
            }
        }
    }

    /** A factor. */
    public static final class Factor implements ITypeConverter<Double> {
        @Override
        public Double convert(final String value) {
            try {
                return Double.valueOf(value);
            } catch (final NumberFormatException e) {
                throw new TypeConversionException("must be a number: value=" + value);
            }
        }
    }

    /** What random numbers begin with. */
    public static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(final String value) {
            try {
                return Long.valueOf(value);
            } catch (final NumberFormatException e) {
                throw new TypeConversionException(
                        "must be a whole number in [0, " + Long.MAX_VALUE + "]: value=" + value);
            }
        }
    }

    /** The name of a file. */
    public static final class FileName implements ITypeConverter<String> {
        @Override
        public String convert(final String value) {
            if (value.isEmpty()) {
                throw new TypeConversionException("must be the name of a file: value=\"\"");
            }
            return value;
        }
    }

    private Choices() {}

    /**
     * The word for a choice.
     *
     * @param choice of any of these enums.
     * @return the word.
     */
    public static String name(final Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T extends Enum<T>> T parse(final T[] choices, final String value) {
        final List<String> names = Arrays.stream(choices).map(Choices::name).collect(Collectors.toList());
        final int index = names.indexOf(value);
        if (index < 0) {
            throw new TypeConversionException("must be one of " + String.join(", ", names) + ": value=" + value);
        }
        return choices[index];
    }
}
