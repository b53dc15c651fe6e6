/** What things are called: 96-bit ids, accounts that pay, and the scopes that subscribers listen in. */
package io.eventrouter.identity;
