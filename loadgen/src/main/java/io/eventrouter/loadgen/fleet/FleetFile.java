package io.eventrouter.loadgen.fleet;

import io.eventrouter.command.Command;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.input.TextSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A fleet file, read in three passes, as its keys can come in any order and a million devices are not to be held in
 * memory as JSON: first the accounts and the number of devices, then the devices, then what listens.
 */
public final class FleetFile {
    private static final String INTEGRATIONS = "integrations";
    private static final String LOGIC_FUNCTIONS = "logic_functions";
    private static final String STREAMS = "streams";

    private final TextSource source;
    private final FleetDirectory directory = new FleetDirectory();
    private final Section devices = new Section(Set.of(), device -> {});
    private final Section listeners = new Section(Set.of(), listener -> {});
    private final AccountSections accounts;

    private FleetFile(final TextSource source, final Plans plans) {
        this.source = source;
        this.accounts = new AccountSections(plans, directory);
    }

    /**
     * Make the first pass.
     *
     * @param source of the file.
     * @param plans that accounts can have.
     * @return the file, with its accounts known and its devices counted.
     * @throws io.eventrouter.loadgen.input.BadInputException if something is wrong in what was read.
     */
    public static FleetFile open(final TextSource source, final Plans plans) {
        final FleetFile file = new FleetFile(source, plans);
        final Map<String, Section> sections = new HashMap<>(file.accounts.sections());
        sections.put(DeviceSection.NAME, file.devices);
        sections.put(INTEGRATIONS, file.listeners);
        sections.put(LOGIC_FUNCTIONS, file.listeners);
        sections.put(STREAMS, file.listeners);
        FleetWalk.check(source, sections);
        try {
            file.accounts.checkReferences();
        } catch (final InvalidElementException e) {
            throw e.in(source.name());
        }
        file.directory.expectDevices(file.deviceCount());
        return file;
    }

    /**
     * Make the other passes and say how to build the fleet.
     *
     * @param commands takes the commands in order.
     * @throws io.eventrouter.loadgen.input.BadInputException if something is wrong in what was read.
     */
    public void load(final Consumer<Command> commands) {
        accounts.forEachCommand(commands);
        FleetWalk.read(source, Map.of(DeviceSection.NAME, new DeviceSection(directory, commands).section()));
        if (listeners.count() > 0) {
            loadListeners(commands);
        }
    }

    /**
     * What exists in the fleet.
     *
     * @return the directory, complete once the fleet is loaded.
     */
    public FleetDirectory directory() {
        return directory;
    }

    /**
     * How many devices the fleet has.
     *
     * @return the number.
     */
    public int deviceCount() {
        return devices.count();
    }

    /**
     * How many users, organizations, products and customers the fleet has.
     *
     * @return the number, but 1 for none, as a router is for at least one.
     */
    public int accountLimit() {
        return Math.max(1, accounts.count());
    }

    private void loadListeners(final Consumer<Command> commands) {
        final Listeners reader = new Listeners(directory);
        FleetWalk.read(
                source,
                Map.of(
                        INTEGRATIONS,
                                new Section(
                                        Listeners.INTEGRATION_FIELDS,
                                        element -> commands.accept(
                                                new Command.PutIntegration(reader.integration(element)))),
                        LOGIC_FUNCTIONS,
                                new Section(
                                        Listeners.LOGIC_FUNCTION_FIELDS,
                                        element -> commands.accept(
                                                new Command.PutLogicFunction(reader.logicFunction(element)))),
                        STREAMS,
                                new Section(
                                        Listeners.STREAM_FIELDS,
                                        element -> commands.accept(new Command.OpenStream(reader.stream(element))))));
    }
}
