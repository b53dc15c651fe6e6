package io.eventrouter.loadgen;

import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import picocli.CommandLine.Option;

/** What {@code replay} and {@code explain} have in common: the rules that hold. */
final class PolicyOptions {
    @Option(
            names = "--era",
            paramLabel = "ERA",
            defaultValue = "after-2023-03",
            converter = Choices.EraChoice.class,
            description = "after-2023-03 (the default): devices hear the events of their product, claimed or not;"
                    + " before-2023-03: devices hear their owner's events only.")
    private Era era;

    @Option(
            names = "--product-scope",
            paramLabel = "POLICY",
            defaultValue = "all",
            converter = Choices.ProductScopeChoice.class,
            description = "What devices hear through their product. all (the default): everything; unclaimed-only:"
                    + " claimed devices do not hear what other devices publish; hook-and-api-only: no device does.")
    private ProductScope productScope;

    Policies chosen() {
        return new Policies(era, productScope);
    }
}
