/** Who owns a device, which product it is in, what that makes of it, and where this is kept between runs. */
package io.eventrouter.ownership;
