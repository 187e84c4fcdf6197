/** What a model version found in a document, and the topic that carries it. */
package dev.holdfast.extraction;
