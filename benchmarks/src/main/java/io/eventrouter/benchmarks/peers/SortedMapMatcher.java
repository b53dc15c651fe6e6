package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A sorted map of prefixes for each tenant. Between a name's longest prefix and the name nothing sorts that does not
 * start with this prefix; so one look for the floor of the name is enough, and the chain of enclosing prefixes, linked
 * in advance, has all that match.
 */
final class SortedMapMatcher implements Matcher {
    private final List<TreeMap<String, Node>> tenants = new ArrayList<>();
    private NamedEvents events;

    SortedMapMatcher(final int tenants) {
        for (int i = 0; i < tenants; i++) {
            this.tenants.add(new TreeMap<>());
        }
    }

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        tenants.get(tenant).computeIfAbsent(prefix, Node::new).subscribers.add(subscriber);
    }

    @Override
    public void prepare(final EventSequence sequence) {
        for (final TreeMap<String, Node> prefixes : tenants) {
            Node previous = null;
            for (final Node node : prefixes.values()) {
                while (previous != null && !node.prefix.startsWith(previous.prefix)) {
                    previous = previous.enclosing;
                }
                node.enclosing = previous;
                previous = node;
            }
        }
        events = new NamedEvents(sequence);
    }

    @Override
    public long match(final int first, final int count) {
        long found = 0;
        for (int i = first; i < first + count; i++) {
            final String name = events.name(i);
            final Map.Entry<String, Node> floor = tenants.get(events.tenant(i)).floorEntry(name);
            for (Node node = floor == null ? null : floor.getValue(); node != null; node = node.enclosing) {
                if (name.startsWith(node.prefix)) {
                    found += node.subscribers.size();
                }
            }
        }
        return found;
    }

    @Override
    public int[] subscribersOf(final int event) {
        final String name = events.name(event);
        final IntStream.Builder found = IntStream.builder();
        final Map.Entry<String, Node> floor = tenants.get(events.tenant(event)).floorEntry(name);
        for (Node node = floor == null ? null : floor.getValue(); node != null; node = node.enclosing) {
            if (name.startsWith(node.prefix)) {
                node.subscribers.forEach(found::add);
            }
        }
        return found.build().toArray();
    }

    private static final class Node {
        private final String prefix;
        private final List<Integer> subscribers = new ArrayList<>(1);
        private Node enclosing;

        Node(final String prefix) {
            this.prefix = prefix;
        }
    }
}
