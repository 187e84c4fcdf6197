/** What printed values mean: which date, which amount of money, whichever way they are printed. */
package dev.holdfast.meaning;
