/** The console: one page that shows how it learns, and by which people correct what it finds. */
package dev.holdfast.console;
