/** The rules of scopes in plain words: where an event can be heard, and what a device hears through its product. */
package io.eventrouter.loadgen.scope;
