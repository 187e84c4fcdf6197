package dev.holdfast.process;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.lang.management.ManagementFactory;

/**
 * What the process itself uses: memory, garbage collection, threads, processors, open files. One
 * for each process, however many services run in it.
 */
public final class ProcessMeters implements AutoCloseable {
  /** Micrometer's, of which the unit is not the one that Prometheus wants. */
  private static final String CPU_TIME = "process.cpu.time";

  /** What ends in {@code _count} is part of a histogram to Prometheus. */
  private static final String PROCESSORS = "system.cpu.count";

  private static final double NANOSECONDS = 1e9;

  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * To be set before they are registered: names them as Prometheus wants, and leaves all others as
   * they are.
   */
  public static MeterFilter filter() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        return id.getName().equals(CPU_TIME) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
      }

      @Override
      public Meter.Id map(Meter.Id id) {
        return id.getName().equals(PROCESSORS) ? id.withName("system.processors") : id;
      }
    };
  }

  /** Registers all of them. */
  public ProcessMeters(MeterRegistry registry) {
    collections.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, s -> s.getProcessCpuTime() / NANOSECONDS)
          .baseUnit("seconds")
          .description("Time that processors have spent on this process.")
          .register(registry);
    }
  }

  /** Stops listening to the garbage collector. */
  @Override
  public void close() {
    collections.close();
  }
}
