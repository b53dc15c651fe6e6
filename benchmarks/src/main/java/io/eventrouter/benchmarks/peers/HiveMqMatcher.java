package io.eventrouter.benchmarks.peers;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.metrics.MetricsHolder;
import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.subscribe.Topic;
import com.hivemq.mqtt.topic.tree.LocalTopicTree;
import io.eventrouter.benchmarks.workload.EventSequence;

/**
 * The topic tree of HiveMQ CE: {@code tenant/prefix/#}, found by topics that are there as text, as the broker has them
 * when it publishes.
 */
final class HiveMqMatcher implements Matcher {
    private static final byte NO_FLAGS = 0;

    private final LocalTopicTree tree = new LocalTopicTree(new MetricsHolder(new MetricRegistry()));
    private String[] topics;

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        tree.addTopic(
                Integer.toString(subscriber),
                new Topic(Topics.filter(tenant, prefix), QoS.AT_MOST_ONCE),
                NO_FLAGS,
                null);
    }

    @Override
    public void prepare(final EventSequence events) {
        topics = Topics.of(events);
    }

    @Override
    public long match(final int first, final int count) {
        long found = 0;
        for (int i = first; i < first + count; i++) {
            found += tree.findTopicSubscribers(topics[i]).getSubscribers().size();
        }
        return found;
    }

    @Override
    public int[] subscribersOf(final int event) {
        return tree.findTopicSubscribers(topics[event]).getSubscribers().stream()
                .mapToInt(subscriber -> Integer.parseInt(subscriber.getSubscriber()))
                .toArray();
    }
}
