/**
 * The router in a simulated world: one thread, one seed, and faults drawn at random.
 *
 * <p>{@link io.eventrouter.simulation.RandomSimulation} makes a {@link io.eventrouter.simulation.SimulationLog} from a
 * seed; {@link io.eventrouter.simulation.RouterSimulation} runs it through the real router and through the oracle of
 * {@code io.eventrouter.oracle}, and compares deliveries, refusals, counters, thresholds and usage whenever the router
 * has come to rest. The log holds all that is random; what it says happens again whenever it is run.
 *
 * <h2>A log as text</h2>
 *
 * One line each, empty lines and those that begin with {@code #} left out:
 *
 * <pre>
 * SimulationSettings(seed=3, era=BEFORE_2023_03, lanes=1, ...)
 * Put(step=Apply(command=Claim(device=e00fce68aabbccdd00000011, owner=597771d1f92bae142dbb7559)))
 * Put(step=Publish(event=Publication(origin=LOGIC, id=null, productId=7, name="t", payload=Payload(start=0, length=12))))
 * Settle()
 * </pre>
 *
 * The first line says what is chosen at the start. Each line behind it is an
 * {@link io.eventrouter.simulation.Action}, written as its record is: name, components by name, texts in quotes, lists
 * in brackets, {@code null}. {@code Put} offers something to the router without running it, {@code Run} runs it for
 * some rounds, {@code Settle} until it has nothing to do, and then compares. Behind the last line everything settles.
 * A payload is a slice of one array that never changes.
 *
 * <h2>When a simulation fails</h2>
 *
 * The message has the seed, where the router and the oracle part, and the shortest log that was found to fail in the
 * same way. Put that log into a file in {@code src/test/resources/simulation}: {@code SimulationRegressionTest} runs
 * every file there. {@code -Drouter.simulation.seed=S} runs one seed again.
 */
package io.eventrouter.simulation;
