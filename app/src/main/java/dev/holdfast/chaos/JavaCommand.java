package dev.holdfast.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this process starts another JVM with the same classes.
 *
 * @param shortLived whether what is started is killed soon, so that it had better start fast than
 *     run fast
 */
record JavaCommand(boolean shortLived) {

  /** The command line of a class with a {@code main}. */
  List<String> of(int heapMegabytes, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx%dm".formatted(heapMegabytes));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    if (shortLived) {
      command.add("-XX:TieredStopAtLevel=1");
    } else {
      // What a process has is to be what it keeps: the heap follows what is in use. It never gets
      // smaller than it is at first, which would be all that it may have on a large machine.
      command.addAll(List.of("-Xms32m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30"));
    }
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return command;
  }
}
