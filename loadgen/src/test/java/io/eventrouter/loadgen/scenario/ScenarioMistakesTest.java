package io.eventrouter.loadgen.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.loadgen.input.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioMistakesTest {
    private static final String SOUND = """
            seed: 1
            accounts:
              - {name: acme, kind: organization, plan: basic, blocks: 1, count: 1}
              - {name: ann, kind: user, plan: free}
            products: [{name: lamps, account: acme, count: 1}]
            devices:
              - name: lamps
                count: 100
                product: lamps
                claimed-by: customers
                claimed-share: 50%
                max-event-size: 1KiB
                online: 90%
                session: 6h
                attempts: {first: 100%}
                subscriptions: [a, {prefix: "t/{topic}", topics: 10, count: 2}]
                publishes: [{name: status, every: 10min, size: 64B}]
            integrations: [{name: i, product: lamps, event: status, response-size: 10B}]
            logic: [{name: l, product: lamps, event: status}]
            streams: [{name: s, product: lamps}]
            broadcasts: [{name: all, product: lamps, every: 1h}]
            reconnect-storm: {rate: 10/s}
            router: {ring-slots: 2048}
            load: {rate: 10/s, phases: [{for: 1s}]}
            objective: {p99.9: 1ms}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "seed: 1            | sede: 1              | 1: sede: unknown key; did you mean seed?",
                "seed: 1            | foobarbaz: 1         | 1: foobarbaz: unknown key; known: name, about, seed,"
                        + " accounts, products, devices, integrations, logic, streams, broadcasts, reconnect-storm,"
                        + " router, load, objective, search, sweep",
                "seed: 1            | seed: -1             | 1: seed: must be a whole number, 0 to 2^63-1: value=-1",
                "seed: 1            | seed:                | 1: seed: has no value",
                "seed: 1            | seed: [1]            | 1: seed: must be a single value",
                "seed: 1            | load: {}             | 24: load: is there twice",
                "kind: organization | kind: company        | 3: accounts[0].kind: must be one of organization, user: value=company",
                "plan: basic        | plan: gold           | 3: accounts[0].plan: must be one of free, basic, plus, enterprise: plan=\"gold\"",
                "blocks: 1          | blocks: 0            | 3: accounts[0].blocks: must be in [1, 1000000]: value=0",
                "name: ann          | name: acme           | 4: accounts[1].name: is there twice: value=acme",
                "name: ann          | name: a n            | 4: accounts[1].name: must be 1 to 40 letters, digits, '-', '_' or '.': value=a n",
                "account: acme      | account: acne        | 5: products[0].account: nothing has this name; did you mean acme?: value=acne",
                "account: acme      | acount: acme         | 5: products[0].acount: unknown key; did you mean account?",
                "count: 100         | count: 1.5           | 8: devices[0].count: must be a whole number such as 500, 10k or 1.5M: value=1.5",
                "count: 100         | count: 10 thousand   | 8: devices[0].count: must be a whole number such as 500, 10k or 1.5M: value=10 thousand",
                "count: 100         | count: 101M          | 8: devices[0].count: must be in [1, 100000000]: value=101M",
                "count: 100         | claims: 1/s          | 7: devices[0].count: is missing",
                "product: lamps     | product: lamp        | 9: devices[0].product: nothing has this name; did you mean lamps?: value=lamp",
                "claimed-by: customers | claimed-by: nobody | 11: devices[0].claimed-share: needs claimed-by, as nobody claims these devices",
                "claimed-by: customers | claimed-by: account | 7: devices[0].owner: is missing",
                "claimed-share: 50% | owner: acme          | 11: devices[0].owner: belongs to claimed-by: account",
                "claimed-share: 50% | claimed-share: 101%  | 11: devices[0].claimed-share: must be a share from 0% to 100%: value=101%",
                "claimed-share: 50% | claimed-share: 0.5   | 11: devices[0].claimed-share: must be a share from 0% to 100%: value=0.5",
                "max-event-size: 1KiB | max-event-size: 1KB | 12: devices[0].max-event-size: must be a size such as 64B or 16KiB, in B, KiB or MiB: value=1KB",
                "max-event-size: 1KiB | max-event-size: 100B | 12: devices[0].max-event-size: must be in [255, 16384] bytes: value=100B",
                "session: 6h        | session: 0s          | 14: devices[0].session: must be none, or above 0 and at most 3660day: value=0s",
                "session: 6h        | session: 6 hours     | 14: devices[0].session: must be a duration such as 1.5ms, 20s or 10min, in ns, us, ms, s, min, h or day: value=6 hours",
                "first: 100%        | first: 99%           | 15: devices[0].attempts: shares must add up to 100%",
                "[a,                | [\"{topic}\",        | 16: devices[0].subscriptions[0]: {topic} needs topics, the number of them",
                "[a,                | [\"{user}\",         | 16: devices[0].subscriptions[0]: may have the places {device} and {topic} only: place={user}",
                "count: 2}]         | count: 11}]          | 16: devices[0].subscriptions[1].count: must be at most the number of topics: count=11, topics=10",
                "t/{topic}          | t/topic              | 16: devices[0].subscriptions[1].prefix: there are topics, but no {topic}",
                "name: status       | name: Sparkle        | 17: devices[0].publishes[0].name: a device may not publish a name that starts with particle or spark: value=Sparkle",
                "every: 10min       | every: {mix: [{value: 1s, share: 50%}]} | 17: devices[0].publishes[0].every.mix: shares must add up to 100%",
                "every: 10min       | every: 0s            | 17: devices[0].publishes[0].every: must be in [1, 316224000000000000]: value=0s",
                "every: 10min       | evry: 10min          | 17: devices[0].publishes[0].evry: unknown key; did you mean every?",
                "size: 64B          | size: 17KiB          | 17: devices[0].publishes[0].size: must be in [0, 16384]: value=17KiB",
                "size: 64B          | size: {uniform: [2B, 1B]} | 17: devices[0].publishes[0].size.uniform: the least value must come first",
                "size: 64B          | size: {uniform: [2B]} | 17: devices[0].publishes[0].size.uniform: must be the least and the greatest value: [A, B]",
                "size: 64B          | size: {max: 1B}      | 17: devices[0].publishes[0].size: must be a value, or have one of uniform, exponential, mix",
                "size: 64B          | skew: {zipf: 4}      | 17: devices[0].publishes[0].skew.zipf: must be a number above 0 and at most 3: value=4",
                "size: 64B          | skew: much           | 17: devices[0].publishes[0].skew: must be none or {zipf: EXPONENT}: value=much",
                "event: status, re  | account: acme, event: status, re | 18: integrations[0]: must have one of product and account",
                "response-size: 10B | products: [lamps]    | 18: integrations[0].products: only an organization's integration lists products",
                "response-size: 10B | response-topic: \"\" | 18: integrations[0].response-topic: response topic length must be in [1, 255]: length=0",
                "response-size: 10B | unchunked: maybe     | 18: integrations[0].unchunked: must be true or false: value=maybe",
                "name: all          | name: \"{device}\"   | 21: broadcasts[0].name: no device stands behind it, so it cannot have {device}",
                "name: all, product: lamps | name: all, account: acme | 21: broadcasts[0].account: must be of kind user, as an organization has no stream to publish to",
                "{rate: 10/s}       | {share: 1%}          | 22: reconnect-storm.rate: is missing",
                "ring-slots: 2048   | ring-slots: 3000     | 23: router.ring-slots: must be a power of two: value=3000",
                "load: {rate: 10/s  | load: {rate: 10      | 24: load.rate: must be a rate such as 200k/s or 3/min, in s, min, h or day: value=10",
                "load: {rate: 10/s  | load: {rate: 0/s     | 24: load.rate: must be above 0/s: value=0/s",
                "{for: 1s}          | {rate: 1/s}          | 24: load.phases[0].for: is missing",
                "{for: 1s}          | {for: 1s, to: 2/s}   | 24: load.phases[0].rate: is missing",
                "{for: 1s}          | {for: 1s, every: 1s} | 24: load.phases[0].every: belongs to burst",
                "{for: 1s}          | {for: 1s, burst: 5, every: 1s, rate: 1/s} | 24: load.phases[0].burst: excludes rate, to and steps",
                "{for: 1s}          | {for: 1s, steps: []} | 24: load.phases[0].steps: must have at least one rate",
                "[{for: 1s}]        | []                   | 24: load.phases: must have at least one phase",
                "p99.9: 1ms         | p9999: 1ms           | 25: objective.p9999: unknown key; did you mean p99.9?",
                "p99.9: 1ms         | p99.9: fast          | 25: objective.p99.9: must be a duration such as 1.5ms, 20s or 10min, in ns, us, ms, s, min, h or day: value=fast",
            })
    void everyMistakeIsNamedWithItsLine(final String sound, final String wrong, final String complaint) {
        final int at = SOUND.indexOf(sound);
        final String text =
                SOUND.substring(0, at) + (wrong == null ? "" : wrong) + SOUND.substring(at + sound.length());

        assertEquals("test.yaml:" + complaint, complaintAbout(text));
    }

    @Test
    void whatIsNotYamlIsNamedWithItsLine() {
        assertEquals(
                "test.yaml:3: is not YAML: expected <block end>, but found '<scalar>' (while parsing a block collection);"
                        + " text that begins with { or has \": \" in it needs quotes",
                complaintAbout("devices:\n  - a\n  - {device}/hook-response\n"));
    }

    @Test
    void anEmptyFileIsRefused() {
        assertEquals("test.yaml: is empty", complaintAbout(""));
    }

    @Test
    void aFleetThatPublishesNothingIsRefused() {
        assertEquals(
                "test.yaml:1: devices: nothing publishes, at least not once in 1,000 s: there is no load",
                complaintAbout("devices: [{name: d, count: 1}]"));
    }

    @Test
    void theScenarioMustBeThere() {
        assertEquals(
                "unclaimed-flet: no such file, and no scenario of this name ships with the program; did you mean"
                        + " unclaimed-fleet?",
                assertThrows(BadInputException.class, () -> ScenarioFile.load("unclaimed-flet"))
                        .getMessage());
        assertEquals(
                "none/such.yaml: no such file",
                assertThrows(BadInputException.class, () -> ScenarioFile.load("none/such.yaml"))
                        .getMessage());
    }

    private static String complaintAbout(final String text) {
        return assertThrows(BadInputException.class, () -> ScenarioFile.parse("test.yaml", "test", text))
                .getMessage();
    }
}
