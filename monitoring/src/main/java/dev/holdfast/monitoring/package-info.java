/**
 * How good extraction is and stays: predictions scored against what people say later, forgetting,
 * lag, and the meters that show them.
 */
package dev.holdfast.monitoring;
