/**
 * What the commands of the command line have in common: how they check options, read files of
 * labelled documents, write results and log.
 */
package dev.holdfast.command;
