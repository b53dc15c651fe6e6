package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.moquette.broker.ISubscriptionsRepository;
import io.moquette.broker.subscriptions.CTrieSubscriptionDirectory;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.Topic;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.Set;

/**
 * The subscription trie of Moquette: {@code tenant/prefix/#}. Topics are cut into their levels in advance, which the
 * broker does for every message.
 */
final class MoquetteMatcher implements Matcher {
    private final CTrieSubscriptionDirectory directory = new CTrieSubscriptionDirectory();
    private Topic[] topics;

    MoquetteMatcher() {
        directory.init(new NothingKept());
    }

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        directory.add(new Subscription(
                Integer.toString(subscriber), new Topic(Topics.filter(tenant, prefix)), MqttQoS.AT_MOST_ONCE));
    }

    @Override
    public void prepare(final EventSequence events) {
        final String[] texts = Topics.of(events);
        topics = new Topic[texts.length];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = new Topic(texts[i]);
            topics[i].getTokens();
        }
    }

    @Override
    public long match(final int first, final int count) {
        long found = 0;
        for (int i = first; i < first + count; i++) {
            found += directory.matchWithoutQosSharpening(topics[i]).size();
        }
        return found;
    }

    @Override
    public int[] subscribersOf(final int event) {
        return directory.matchWithoutQosSharpening(topics[event]).stream()
                .mapToInt(subscription -> Integer.parseInt(subscription.getClientId()))
                .toArray();
    }

    /** Subscriptions that end with the process. */
    private static final class NothingKept implements ISubscriptionsRepository {
        @Override
        public Set<Subscription> listAllSubscriptions() {
            return Set.of();
        }

        @Override
        public void addNewSubscription(final Subscription subscription) {
            // Only the trie is of interest.
        }

        @Override
        public void removeSubscription(final String topic, final String clientId) {
            // Only the trie is of interest.
        }
    }
}
