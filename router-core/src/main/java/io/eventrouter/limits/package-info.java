/** What one tenant may take of what all share: rates, numbers, and the settings that bound them. */
package io.eventrouter.limits;
