package io.eventrouter.pipeline;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;

/** Work that goes on whatever it throws: some exceptions would end the thread that an agent runs on. */
final class LastingAgent implements Agent {
    private final Agent agent;
    private final ErrorHandler errorHandler;

    LastingAgent(final Agent agent, final ErrorHandler errorHandler) {
        this.agent = agent;
        this.errorHandler = errorHandler;
    }

    @Override
    public int doWork() {
        try {
            return agent.doWork();
        } catch (final Throwable problem) {
            errorHandler.onError(problem);
            return 0;
        }
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }
}
