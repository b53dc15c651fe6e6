/** Makes usage records durable before the usage handler gets them, and repeats those that were not acknowledged. */
package io.eventrouter.usage;
