package dev.holdfast.app;

import static dev.holdfast.control.ControlTopics.CONTROL;
import static dev.holdfast.extraction.ExtractionTopics.EXTRACTIONS;
import static dev.holdfast.monitoring.DriftTopics.DRIFT;
import static dev.holdfast.topic.DocumentTopics.ANNOTATIONS_IN;
import static dev.holdfast.topic.DocumentTopics.DOCUMENTS;
import static dev.holdfast.topic.DocumentTopics.DOCUMENTS_IN;
import static dev.holdfast.topic.DocumentTopics.EXAMPLES;
import static dev.holdfast.topic.DocumentTopics.REJECTED;
import static dev.holdfast.version.ModelTopics.MODELS;
import static dev.holdfast.version.ModelTopics.MODELS_IN;
import static dev.holdfast.version.ModelTopics.REFUSALS;

import dev.holdfast.learner.LearnerTopics;
import dev.holdfast.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each user of Kafka has to be allowed, and no more: the topics it reads and writes, and the
 * names of its consumer groups, its transactions and its own topics, which all begin alike.
 */
enum Access {
  /** Who sends documents and annotations, and reads what comes of them. */
  CLIENT(
      List.of(EXTRACTIONS, REJECTED, MODELS, REFUSALS, DRIFT),
      List.of(DOCUMENTS_IN, ANNOTATIONS_IN)),
  INGEST(List.of(DOCUMENTS_IN, ANNOTATIONS_IN), List.of(DOCUMENTS, EXAMPLES, REJECTED), true),
  LEARNER(
      join(List.of(EXAMPLES, CONTROL, MODELS, MODELS_IN), LearnerTopics.ALL),
      join(List.of(MODELS, REFUSALS, REJECTED), LearnerTopics.ALL)),
  SERVING(List.of(DOCUMENTS, MODELS, CONTROL), List.of(EXTRACTIONS, DOCUMENTS_IN, ANNOTATIONS_IN)),
  MONITORING(
      List.of(DOCUMENTS, EXTRACTIONS, EXAMPLES, MODELS, REFUSALS, REJECTED, DRIFT), List.of(DRIFT)),
  /** Who uses the commands below {@code models}. */
  OPERATOR(
      join(List.of(EXAMPLES, CONTROL, MODELS, MODELS_IN, REFUSALS), LearnerTopics.ALL),
      List.of(CONTROL, MODELS_IN));

  private final List<Topic<?, ?>> reads;
  private final List<Topic<?, ?>> writes;
  private final boolean ownTopics;

  Access(List<Topic<?, ?>> reads, List<Topic<?, ?>> writes) {
    this(reads, writes, false);
  }

  /**
   * @param ownTopics whether it makes topics of its own, as Kafka Streams does
   */
  Access(List<Topic<?, ?>> reads, List<Topic<?, ?>> writes, boolean ownTopics) {
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.ownTopics = ownTopics;
  }

  private static List<Topic<?, ?>> join(List<Topic<?, ?>> some, List<Topic<?, ?>> others) {
    List<Topic<?, ?>> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** What its groups, its transactions and its own topics begin with. */
  String prefix() {
    return "holdfast-" + name().toLowerCase(Locale.ROOT);
  }

  List<Topic<?, ?>> reads() {
    return reads;
  }

  List<Topic<?, ?>> writes() {
    return writes;
  }

  /** All that Kafka has to allow, from any host. */
  List<AclBinding> rules(String principal) {
    List<AclBinding> rules = new ArrayList<>();
    for (Topic<?, ?> topic : reads) {
      rules.add(rule(principal, ResourceType.TOPIC, topic.name(), AclOperation.READ));
    }
    for (Topic<?, ?> topic : writes) {
      rules.add(rule(principal, ResourceType.TOPIC, topic.name(), AclOperation.WRITE));
    }
    rules.add(own(principal, ResourceType.GROUP, AclOperation.READ));
    rules.add(own(principal, ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE));
    rules.add(own(principal, ResourceType.TRANSACTIONAL_ID, AclOperation.DESCRIBE));
    if (ownTopics) {
      rules.add(own(principal, ResourceType.TOPIC, AclOperation.ALL));
    }
    return rules;
  }

  private AclBinding own(String principal, ResourceType type, AclOperation operation) {
    return rule(principal, new ResourcePattern(type, prefix(), PatternType.PREFIXED), operation);
  }

  private static AclBinding rule(
      String principal, ResourceType type, String name, AclOperation operation) {
    return rule(principal, new ResourcePattern(type, name, PatternType.LITERAL), operation);
  }

  private static AclBinding rule(String principal, ResourcePattern what, AclOperation operation) {
    return new AclBinding(
        what, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }
}
