package dev.holdfast.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the manifests for Kubernetes to its schemas, and to what the services are. */
class KubernetesTest {
  private static final Path FOLDER = Path.of("kubernetes");
  private static final Set<String> WORKLOADS = Set.of("StatefulSet", "Deployment");

  /** A manifest with the file it stands in. */
  private record Manifest(String file, Map<String, Object> keys) {
    String kind() {
      return keys.get("kind").toString();
    }

    String name() {
      return text("metadata", "name");
    }

    /** What stands under these keys, one below the other; a number is a place in a list. */
    Object at(Object... path) {
      Object at = keys;
      for (Object key : path) {
        at =
            key instanceof Integer place
                ? Yaml.list(at).get(place)
                : Yaml.mapping(at).getOrDefault(key.toString(), "");
      }
      return at;
    }

    String text(Object... path) {
      return at(path).toString();
    }

    Manifest pod() {
      return new Manifest(file, Yaml.mapping(at("spec", "template", "spec")));
    }
  }

  @Test
  void everyManifestIsOfTheSchemaOfItsKind() throws Exception {
    List<Manifest> manifests = manifests();

    assertThat(manifests).hasSizeGreaterThan(10);
    for (Manifest manifest : manifests) {
      check(manifest);
    }
  }

  @Test
  void aKeyThatNoSchemaHasIsRefusedAtAnyDepth() throws Exception {
    Manifest serving = ofKind("StatefulSet", "holdfast-serving");
    Object probe = serving.at("spec", "template", "spec", "containers", 0, "livenessProbe");
    Yaml.mapping(probe).put("failureTreshold", 3);

    assertThatThrownBy(() -> check(serving)).hasMessageContaining("failureTreshold");
  }

  private static void check(Manifest manifest) throws IOException {
    JsonElement json = new Gson().toJsonTree(manifest.keys());
    switch (manifest.keys().get("apiVersion") + " " + manifest.kind()) {
      case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(json);
      case "v1 Service" -> V1Service.validateJsonElement(json);
      case "apps/v1 StatefulSet" -> V1StatefulSet.validateJsonElement(json);
      case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(json);
      case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
      case "autoscaling/v2 HorizontalPodAutoscaler" ->
          V2HorizontalPodAutoscaler.validateJsonElement(json);
      default -> throw new AssertionError("%s: no schema for it".formatted(manifest));
    }
  }

  @Test
  void everyServiceHasAWorkloadOfTheImageThatComposeRuns() throws Exception {
    String image =
        ComposeFile.services().stream()
            .filter(ComposeFile.Service::ours)
            .findFirst()
            .orElseThrow()
            .image();

    assertThat(workloads())
        .allSatisfy(
            workload -> assertThat(workload.pod().text("containers", 0, "image")).isEqualTo(image))
        .extracting(workload -> workload.pod().text("containers", 0, "args"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Part.values()).map(part -> "[" + part.label() + "]").toList());
  }

  @Test
  void noPodIsRootOrWritesWhereItMayNotOrTakesAllThereIs() throws Exception {
    assertThat(workloads())
        .hasSize(4)
        .extracting(Manifest::pod)
        .allSatisfy(
            pod -> {
              assertThat(pod.at("automountServiceAccountToken")).isEqualTo(false);
              assertThat(pod.at("securityContext", "runAsNonRoot")).isEqualTo(true);
              assertThat(pod.at("securityContext", "runAsUser")).isEqualTo(10001);
              assertThat(pod.text("securityContext", "seccompProfile", "type"))
                  .isEqualTo("RuntimeDefault");
              assertThat(Yaml.mapping(pod.at("containers", 0, "securityContext")))
                  .containsEntry("allowPrivilegeEscalation", false)
                  .containsEntry("readOnlyRootFilesystem", true)
                  .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
              assertThat(Yaml.mapping(pod.at("containers", 0, "resources", "limits")))
                  .containsKey("memory");
              assertThat(Yaml.mapping(pod.at("containers", 0, "resources", "requests")))
                  .containsKeys("cpu", "memory");
            });
  }

  @Test
  void everyPodIsProbedWhereItAnswers() throws Exception {
    assertThat(workloads())
        .extracting(workload -> workload.pod().at("containers", 0))
        .allSatisfy(
            container -> {
              Map<String, Object> of = Yaml.mapping(container);
              assertThat(path(of, "startupProbe")).isEqualTo("/health/live");
              assertThat(path(of, "livenessProbe")).isEqualTo("/health/live");
              assertThat(path(of, "readinessProbe")).isEqualTo("/health/ready");
            });
  }

  private static Object path(Map<String, Object> container, String probe) {
    return Yaml.mapping(Yaml.mapping(container.get(probe)).get("httpGet")).get("path");
  }

  @Test
  void everyVariableOfAPodIsASettingWithAValueItCanHave() throws Exception {
    Map<String, Object> shared = Yaml.mapping(ofKind("ConfigMap", "holdfast-settings").at("data"));
    for (Manifest workload : workloads()) {
      Map<String, String> environment = new HashMap<>();
      shared.forEach((name, value) -> environment.put(name, value.toString()));
      for (Object each : Yaml.list(workload.pod().at("containers", 0, "env"))) {
        Map<String, Object> variable = Yaml.mapping(each);
        // What comes from the pod is its name.
        Object value = variable.getOrDefault("value", workload.name() + "-0");
        environment.put(variable.get("name").toString(), value.toString());
      }
      Settings settings =
          Settings.gather(
              Optional.empty(), environment, Map.of(), Configuration.defaults().keySet());

      assertThat(Configuration.read(settings, 0).http().port()).as(workload.name()).isEqualTo(8080);
      // Kubernetes would add HOLDFAST_SERVING_PORT and the like, which are no settings.
      assertThat(workload.pod().at("enableServiceLinks")).isEqualTo(false);
    }
  }

  @Test
  void aProcessIsNamedAfterItsPodWhereANameIsKept() throws Exception {
    assertThat(workloads())
        .filteredOn(workload -> workload.kind().equals("StatefulSet"))
        .hasSize(3)
        .allSatisfy(
            workload -> {
              Map<String, Object> first =
                  Yaml.mapping(workload.pod().at("containers", 0, "env", 0));
              assertThat(first.get("name").toString()).endsWith("_INSTANCE");
              assertThat(first.get("valueFrom"))
                  .isEqualTo(Map.of("fieldRef", Map.of("fieldPath", "metadata.name")));
              assertThat(ofKind("Service", workload.text("spec", "serviceName")).at("spec"))
                  .asString()
                  .contains("clusterIP=None");
            });
  }

  @Test
  void everyWorkloadHasADisruptionBudgetForItsPods() throws Exception {
    assertThat(workloads())
        .allSatisfy(
            workload ->
                assertThat(
                        ofKind("PodDisruptionBudget", workload.name())
                            .at("spec", "selector", "matchLabels"))
                    .isEqualTo(workload.at("spec", "template", "metadata", "labels"))
                    .isEqualTo(workload.at("spec", "selector", "matchLabels")));
  }

  @Test
  void whatScalesByItselfGoesByALagThatItShows() throws Exception {
    Set<String> series = AllMeters.series().keySet();
    List<Manifest> scalers =
        manifests().stream().filter(m -> m.kind().equals("HorizontalPodAutoscaler")).toList();

    assertThat(scalers)
        .extracting(Manifest::name)
        .containsExactlyInAnyOrder("holdfast-ingest", "holdfast-serving");
    assertThat(scalers)
        .allSatisfy(
            scaler -> {
              Manifest workload =
                  ofKind(
                      scaler.text("spec", "scaleTargetRef", "kind"),
                      scaler.text("spec", "scaleTargetRef", "name"));
              // Who scales says how many there are.
              assertThat(Yaml.mapping(workload.at("spec"))).doesNotContainKey("replicas");
              String lag = scaler.text("spec", "metrics", 0, "pods", "metric", "name");
              assertThat(series).contains(lag);
              assertThat(Files.readString(FOLDER.resolve("README.md"))).contains(lag);
            });
  }

  @Test
  void theCommandThatStartsItNamesEveryFile() throws Exception {
    String readme = Files.readString(FOLDER.resolve("README.md"));

    assertThat(manifests().stream().map(Manifest::file).collect(toSet()))
        .allSatisfy(file -> assertThat(readme).contains("-f " + file));
  }

  private static List<Manifest> workloads() throws IOException {
    return manifests().stream().filter(m -> WORKLOADS.contains(m.kind())).toList();
  }

  private static Manifest ofKind(String kind, String name) throws IOException {
    return manifests().stream()
        .filter(manifest -> manifest.kind().equals(kind) && manifest.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("expected a %s %s, found none".formatted(kind, name)));
  }

  private static List<Manifest> manifests() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        Yaml.readAll(file)
            .forEach(keys -> manifests.add(new Manifest(file.getFileName().toString(), keys)));
      }
    }
    return manifests;
  }
}
