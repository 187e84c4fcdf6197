/** What is due for what was sent, held against what the topics say. */
package dev.holdfast.audit;
