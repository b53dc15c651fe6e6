package io.eventrouter.loadgen.explain;

/** What can stand between an event and a subscriber, in words that are true of many subscribers at once. */
public enum Obstacle {
    /** A device in reach that listens to nothing. */
    NO_SUBSCRIPTION(Test.NAME, "without any subscription"),
    /** A filter that would match in another spelling. */
    OTHER_CASE(Test.NAME, "listening to a name that differs in upper and lower case, which count"),
    /** A filter that begins with the name, which is the wrong way round. */
    LONGER_FILTER(Test.NAME, "listening to a longer name; the name of the event has to start with the filter"),
    /** A filter with the device's own id, and the name has another one. */
    OWN_ID_ONLY(Test.NAME, "listening to names with the own id only"),
    /** Any other filter. */
    OTHER_NAME(Test.NAME, "listening to other names"),
    /** A Logic trigger that matches as a prefix only. */
    NOT_THE_WHOLE_NAME(Test.NAME, "with a trigger that is only the beginning of the name; Logic compares whole names"),

    /** The event has no scope at all. */
    NO_SCOPE(Test.SCOPE, "out of reach like everybody, as the event is in no scope"),
    /** The era is what keeps it away. */
    ERA(Test.SCOPE, "in the product of the event; before March 2023 devices heard nothing through their product"),
    /** Answers were the owner's alone. */
    ANSWER_ERA(
            Test.SCOPE,
            "listening to the product of the device that asked; before March 2023 answers of integrations were heard by the"
                    + " owner of that device only"),
    /** The policy about claimed subscribers. */
    CLAIMED(
            Test.SCOPE,
            "claimed by another owner; with product-scope unclaimed-only, claimed devices do not hear what other"
                    + " devices of their product publish"),
    /** The policy about events that devices publish. */
    PUBLISHED_BY_DEVICE(
            Test.SCOPE,
            "in the product of the event; with product-scope hook-and-api-only, no device hears what others of its"
                    + " product publish"),
    /** The subscriber is not in good standing. */
    QUARANTINED(Test.SCOPE, "quarantined in the product of the event, so deaf to it"),
    /** The subscriber is not in good standing. */
    DENIED(Test.SCOPE, "denied in the product of the event, so deaf to it"),
    /** The publisher is not in good standing. */
    PUBLISHER_NOT_IN_STANDING(
            Test.SCOPE,
            "listening to the product in which the device behind the event is quarantined or denied, so the event is"
                    + " not in it"),
    /** The cloud speaks about one device. */
    SYSTEM_EVENT(Test.SCOPE, "not the device that this system event is about; no other device hears it"),
    /** Nothing in common. */
    OTHER_SCOPE(Test.SCOPE, "listening elsewhere: neither owner nor product is shared with the event"),
    /** An integration of an organization that does not list the product. */
    NOT_LISTED(Test.SCOPE, "of the organization, but the product of the event is not in its list"),
    /** An integration of an organization that lists what is not its own. */
    NOT_OWNED(Test.SCOPE, "listing the product of the event, which belongs to another account"),
    /** A sandbox hears what its user's devices publish. */
    UNCLAIMED_PUBLISHER(Test.SCOPE, "hearing the devices of one owner, and the device behind the event has none"),

    /** A device that cannot be reached. */
    OFFLINE(Test.OTHER, "offline; nothing is kept for later"),
    /** A payload longer than the device takes. */
    TOO_LARGE(Test.OTHER, "not able to receive an event as large as this"),
    /** An account that is paused. */
    PAUSED(Test.OTHER, "charged to an account that is paused"),
    /** The publisher's account is paused. */
    DROPPED(Test.OTHER, "not reached because the event is dropped: the account that it comes from is paused"),
    /** Switched off. */
    DISABLED(Test.OTHER, "disabled"),
    /** A trigger that is switched off. */
    TRIGGER_DISABLED(Test.OTHER, "with a trigger for it that is disabled"),
    /** Limited to one device. */
    DEVICE_FILTER(Test.OTHER, "limited to events that another device published"),
    /** Limited to one device, and no device published the event. */
    NO_PUBLISHER(Test.OTHER, "limited to events of one device, and no device published this one"),
    /** The rule against loops. */
    HOOK_EVENT(Test.OTHER, "an integration, and answers of integrations trigger none");

    /** What an obstacle is an answer to. */
    enum Test {
        /** Does it listen to this name? */
        NAME,
        /** Does it listen where the event can be heard? */
        SCOPE,
        /** Anything that comes after these. */
        OTHER
    }

    private final Test test;
    private final String words;

    Obstacle(final Test test, final String words) {
        this.test = test;
        this.words = words;
    }

    Test test() {
        return test;
    }

    /** The obstacle in words that can follow one subscriber or many. */
    public String words() {
        return words;
    }
}
