package io.eventrouter.loadgen.scenario;

import io.eventrouter.RouterContext;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.TextSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A scenario and the file that it was read from.
 *
 * @param source where it came from: a path, or {@code shipped:NAME}.
 * @param text of the file.
 * @param scenario that the text describes.
 */
public record ScenarioFile(String source, String text, Scenario scenario) {
    private static final String[] KEYS = {
        "name",
        "about",
        "seed",
        "accounts",
        "products",
        "devices",
        "integrations",
        "logic",
        "streams",
        "broadcasts",
        "reconnect-storm",
        "router",
        "load",
        "objective",
        "search",
        "sweep"
    };

    /**
     * Read a scenario.
     *
     * @param name of a file, or of a scenario that ships with the program.
     * @return the scenario.
     * @throws BadInputException if there is none, or something in it is wrong; the message has file and line.
     */
    public static ScenarioFile load(final String name) {
        final Optional<TextSource> shipped = ShippedScenarios.source(name);
        if (shipped.isPresent()) {
            return parse("shipped:" + name, name, read(shipped.get()));
        }
        final TextSource file = TextSource.ofFile(name);
        if (!name.contains("/") && !name.contains(".") && !file.path().toFile().exists()) {
            throw new BadInputException(name + ": no such file, and no scenario of this name ships with the program; "
                    + Nearest.hint(name, ShippedScenarios.names()));
        }
        final String base = file.path().getFileName() == null
                ? name
                : file.path().getFileName().toString();
        return parse(name, base.replaceFirst("\\.ya?ml$", ""), read(file));
    }

    /**
     * Read a scenario from a text.
     *
     * @param source of the text, for messages.
     * @param defaultName of the scenario, if the text has none.
     * @param text to read.
     * @return the scenario.
     * @throws BadInputException if something in it is wrong; the message has file and line.
     */
    public static ScenarioFile parse(final String source, final String defaultName, final String text) {
        final YamlValue root = new YamlValue(source, "", compose(source, text));
        return new ScenarioFile(source, text, scenario(root.section(KEYS), defaultName));
    }

    private static Scenario scenario(final YamlSection section, final String defaultName) {
        final FleetSections fleet = new FleetSections(Plans.load());
        section.items("accounts").forEach(fleet::readAccount);
        section.items("products").forEach(fleet::readProduct);
        section.required("devices").items().forEach(fleet::readDevices);
        final CloudSections cloud = new CloudSections(fleet);
        section.items("integrations").forEach(cloud::readIntegration);
        section.items("logic").forEach(cloud::readLogic);
        section.items("streams").forEach(cloud::readStream);
        section.items("broadcasts").forEach(cloud::readBroadcast);
        checkCounts(section, fleet);
        final Scenario scenario = new Scenario(
                section.optional("name").map(Parts::name).orElse(defaultName),
                section.optional("about").map(YamlValue::text).orElse("").strip(),
                section.as("seed", ScenarioFile::seed, 1L),
                new Fleet(
                        fleet.accounts.values().stream().toList(),
                        fleet.products.values().stream().toList(),
                        fleet.devices.values().stream().toList(),
                        cloud.integrations.values().stream().toList(),
                        cloud.logic.values().stream().toList(),
                        cloud.streams.values().stream().toList(),
                        cloud.broadcasts),
                section.optional("reconnect-storm")
                        .map(value -> LoadSections.storm(value.section("after", "share", "rate"))),
                LoadSections.router(part(section, "router", "era", "product-scope", "ring-slots", "idle")),
                LoadSections.load(
                        part(section, "load", "rate", "arrivals", "publishers", "warm-up", "max-lag", "phases")),
                LoadSections.objective(part(section, "objective", LoadSections.objectiveKeys())),
                LoadSections.search(part(section, "search", "from", "trial", "confirm", "precision")),
                LoadSections.sweep(
                        part(section, "sweep", "devices", "subscriptions", "fan-out", "publishers", "trial")));
        if (scenario.rate().isNever()) {
            throw section.error("devices", "nothing publishes, at least not once in 1,000 s: there is no load");
        }
        return scenario;
    }

    private static void checkCounts(final YamlSection section, final FleetSections fleet) {
        if (fleet.devices.isEmpty()) {
            throw section.error("devices", "must have at least one group");
        }
        final long devices =
                fleet.devices.values().stream().mapToLong(DeviceGroup::count).sum();
        if (devices > RouterContext.MAX_MAX_DEVICES) {
            throw section.error(
                    "devices", "must be at most " + RouterContext.MAX_MAX_DEVICES + " in all: count=" + devices);
        }
        final long products = fleet.products.values().stream()
                .mapToLong(ProductGroup::totalCount)
                .sum();
        if (products > FleetSections.MAX_ALIKE) {
            throw section.error(
                    "products", "must be at most " + FleetSections.MAX_ALIKE + " in all: count=" + products);
        }
    }

    /** A section that may be missing: then all its keys are. */
    private static YamlSection part(final YamlSection section, final String key, final String... keys) {
        return section.optional(key)
                .orElseGet(() -> new YamlValue(key, key, compose(key, "{}")))
                .section(keys);
    }

    private static Long seed(final String text) {
        try {
            final long seed = Long.parseLong(text);
            if (seed >= 0) {
                return seed;
            }
        } catch (final NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("must be a whole number, 0 to 2^63-1: value=" + text);
    }

    private static Node compose(final String source, final String text) {
        try {
            return new Compose(LoadSettings.builder().setLabel(source).build())
                    .composeString(text)
                    .orElseThrow(() -> new BadInputException(source + ": is empty"));
        } catch (final MarkedYamlEngineException e) {
            final String place = e.getProblemMark().map(YamlValue::line).orElse("");
            throw new BadInputException(source + place + ": is not YAML: " + e.getProblem()
                    + (e.getContext() == null ? "" : " (" + e.getContext() + ")")
                    + "; text that begins with { or has \": \" in it needs quotes");
        } catch (final YamlEngineException e) {
            throw new BadInputException(source + ": is not YAML: " + e.getMessage());
        }
    }

    private static String read(final TextSource source) {
        try (InputStream in = source.open()) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new BadInputException(source.name() + ": is not UTF-8");
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }
}
