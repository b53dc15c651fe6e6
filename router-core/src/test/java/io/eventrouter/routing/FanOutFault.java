package io.eventrouter.routing;

import io.eventrouter.memory.HandleSet;
import io.eventrouter.ownership.DeviceTable;
import java.lang.reflect.Field;

/** Plants mistakes into the fan-outs that are pending in a core that nobody is running just now. */
public final class FanOutFault {
    private FanOutFault() {}

    /** Let what is pending take a device for settled that it has not been delivered to. */
    public static void forgetToDeliver(final RoutingCore core, final long idHigh, final int idLow) {
        final int device = ((DeviceTable) get(core, "devices")).find(idHigh, idLow);
        for (final HandleSet settled : settledOf(core)) {
            settled.add(device);
        }
    }

    /** Let what is pending forget whom it has been delivered to. */
    public static void forgetWhoIsSettled(final RoutingCore core) {
        for (final HandleSet settled : settledOf(core)) {
            settled.clear();
        }
    }

    private static HandleSet[] settledOf(final RoutingCore core) {
        final Object pending = get(core, "pending");
        final PendingFanOut[] fanOuts = (PendingFanOut[]) get(pending, "fanOuts");
        final HandleSet[] sets = new HandleSet[(int) get(pending, "count")];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = (HandleSet) get(fanOuts[i], "settled");
        }
        return sets;
    }

    private static Object get(final Object owner, final String name) {
        try {
            final Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (final ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
