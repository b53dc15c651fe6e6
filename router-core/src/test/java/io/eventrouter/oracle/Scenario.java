package io.eventrouter.oracle;

import io.eventrouter.limits.RateLimit;
import io.eventrouter.limits.TenantLimits;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A command log: what happens to one router, step by step.
 *
 * @param seed that the scenario was made from.
 * @param policies of the router.
 * @param steps in order.
 */
public record Scenario(long seed, Policies policies, List<Step> steps) {
    private static final Pattern LONG_RUN = Pattern.compile("([^0])\\1{19,}");

    /** Every lane keeps the rates of accounts for itself, so several lanes are not as strict as the oracle is. */
    Scenario withoutPublishRateOfAccounts() {
        final TenantLimits others = new TenantLimits()
                .devicesPerOwner(policies.limits().devicesPerOwner())
                .devicesPerProduct(policies.limits().devicesPerProduct())
                .productsPerAccount(policies.limits().productsPerAccount())
                .servicesPerScope(policies.limits().servicesPerScope());
        copy(policies.limits().publishRatePerDevice(), others::publishRatePerDevice);
        copy(policies.limits().subscribeRatePerDevice(), others::subscribeRatePerDevice);
        copy(policies.limits().subscribeRatePerAccount(), others::subscribeRatePerAccount);
        return new Scenario(
                seed,
                new Policies(policies.era(), policies.productScope(), policies.subscriptionsPerDevice(), others),
                steps);
    }

    private static void copy(final RateLimit rateOrNull, final BiFunction<Integer, Integer, TenantLimits> setting) {
        if (rateOrNull != null) {
            setting.apply(rateOrNull.perSecond(), rateOrNull.burst());
        }
    }

    Scenario withSteps(final List<Step> otherSteps) {
        return new Scenario(seed, policies, List.copyOf(otherSteps));
    }

    /** One line for each step, numbered from 0. */
    String log() {
        return IntStream.range(0, steps.size())
                .mapToObj(i -> String.format("%4d  %s", i, describe(steps.get(i))))
                .collect(Collectors.joining("\n"));
    }

    static String describe(final Step step) {
        return readable(step instanceof Step.Apply apply ? apply.command().toString() : step.toString());
    }

    /** Printable text; a long run of one character is shown as the character and a count. */
    public static String readable(final String text) {
        final Matcher runs = LONG_RUN.matcher(text);
        final String shortened = runs.replaceAll(
                run -> Matcher.quoteReplacement(run.group(1) + "{" + run.group().length() + "}"));
        return shortened
                .chars()
                .mapToObj(c ->
                        c == '\n' || c >= 0x20 && c <= 0x7E ? String.valueOf((char) c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }
}
