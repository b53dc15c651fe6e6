package io.eventrouter.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.identity.EntityId;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topic that a template makes for a device and the event that it published, and its length beforehand. */
class TopicTemplateTest {
    private static final EntityId DEVICE = EntityId.parse("e00fce68aabbccdd00000011");
    private static final UnsafeBuffer EVENT = new UnsafeBuffer("temp".getBytes(StandardCharsets.US_ASCII));
    private static final int OFFSET = 3;

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "{{PARTICLE_EVENT_NAME}}, temp",
        "{{PARTICLE_DEVICE_ID}}, e00fce68aabbccdd00000011",
        "{{{PARTICLE_EVENT_NAME}}}/{{{PARTICLE_DEVICE_ID}}}, temp/e00fce68aabbccdd00000011",
        "{{ PARTICLE_EVENT_NAME }}/{{{ PARTICLE_DEVICE_ID }}}, temp/e00fce68aabbccdd00000011",
        "{{SPARK_CORE_ID}}-{{SPARK_EVENT_NAME}}, e00fce68aabbccdd00000011-temp",
        "a/{{PARTICLE_EVENT_NAME}}/{{PARTICLE_EVENT_NAME}}{{PARTICLE_DEVICE_ID}}/b, a/temp/tempe00fce68aabbccdd00000011/b",
        "a{{SOMETHING_ELSE}}b, ab",
        "{PARTICLE_EVENT_NAME}{{}}, {PARTICLE_EVENT_NAME}{{}}"
    })
    void shouldSubstituteVariables(final String template, final String topic) {
        final TopicTemplate response = new HookTopics(template, "error", false).response();
        final UnsafeBuffer target = new UnsafeBuffer(new byte[256]);

        final int end = response.write(target, OFFSET, DEVICE.high(), DEVICE.low(), EVENT, EVENT.capacity());

        assertEquals(topic, target.getStringWithoutLengthAscii(OFFSET, end - OFFSET));
        assertEquals(topic.length(), response.length(EVENT.capacity()));
        assertEquals(template, response.toString());
    }
}
