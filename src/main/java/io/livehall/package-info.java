/**
 * Livehall keeps the list of live rooms true and shows it to everyone who looks at it.
 *
 * <p>Here is the assembly: {@code Main} is the command, {@code LiveServer} puts the parts together,
 * top to bottom, and stops them backwards. It owns the order of start and stop, and is the only
 * place that may use everything.
 */
package io.livehall;
