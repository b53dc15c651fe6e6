/** JSON that the user gives: read as a stream, kept only as far as it is known, with the place of every value. */
package io.eventrouter.loadgen.json;
