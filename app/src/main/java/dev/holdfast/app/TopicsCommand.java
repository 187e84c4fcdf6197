package dev.holdfast.app;

import dev.holdfast.command.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "topics",
    description = {
      "Makes the topics that Kafka does not have yet, as a user that may; services that may not"
          + " leave it to this.",
      "With --allow it also lets users do what services need, and no more."
    },
    mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--allow",
      paramLabel = "WHO=PRINCIPAL",
      description =
          "Who it is to be allowed for, one of client, ingest, learner, serving, monitoring and"
              + " operator, and the name that Kafka has for it, such as ingest=User:ingest.")
  private Map<Access, String> allow = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Configuration configuration = settings.read(0, Map.of());
    try (Kafka kafka = Kafka.named(configuration).orElseThrow(Kafka::notNamed)) {
      Topics.create(kafka.clients(), Topics.all());
      allow(kafka.clients());
    }
    output.result("%d topics, %d users".formatted(Topics.all().size(), allow.size()));
    return 0;
  }

  private void allow(Map<String, String> kafka) throws InterruptedException {
    List<AclBinding> rules = new ArrayList<>();
    allow.forEach((access, principal) -> rules.addAll(access.rules(principal)));
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      admin.createAcls(rules).all().get();
    } catch (ExecutionException e) {
      throw new Failure(
          "expected Kafka to take %d rules, was: %s"
              .formatted(rules.size(), e.getCause().getMessage()),
          e);
    }
  }
}
