/** What the router counts about itself, with a reason for everything that was refused or skipped. */
package io.eventrouter.status;
