# One image for every service: the command says which, as in `docker run holdfast ingest`.

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
# Libraries first: they change seldom, and this step is kept as long as no pom does. Without sources
# the modules are empty jars; what counts is app/target/lib.
COPY .mvn .mvn
COPY pom.xml .
COPY ingest/pom.xml ingest/
COPY learner/pom.xml learner/
COPY serving/pom.xml serving/
COPY monitoring/pom.xml monitoring/
COPY app/pom.xml app/
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true package \
    && mkdir /libraries \
    && cp app/target/lib/*.jar /libraries/ \
    && rm /libraries/holdfast-*.jar
# Native code comes packed in jars and unpacks itself when it is first used. Done here, no container has to; a container
# could not, for nothing there may be written and executed. jshell ends with 0 whatever happens in it, so the result is
# looked for. RocksDB looks for its library under this name before it unpacks one.
RUN echo 'ai.djl.engine.Engine.getInstance();' \
      | DJL_CACHE_DIR=/native/djl jshell --class-path "$(echo /libraries/*.jar | tr ' ' ':')" \
          -R-Dai.djl.offline=true -R-DOPT_OUT_TRACKING=true -s - \
    && ls /native/djl/pytorch/*/*-libdjl_torch.so \
    && case "$(uname -m)" in x86_64) name=linux64 ;; *) name="linux-$(uname -m)" ;; esac \
    && cd /native && jar --extract --file "$(echo /libraries/rocksdbjni-*.jar)" "librocksdbjni-$name.so" \
    && ls "librocksdbjni-$name.so"
COPY . .
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -P sbom package \
    && mkdir /services \
    && cp app/target/lib/holdfast-*.jar /services/

FROM eclipse-temurin:17.0.16_8-jre-jammy
RUN groupadd --system --gid 10001 holdfast \
    && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/holdfast --create-home holdfast
# What changes least comes first.
COPY --from=build /native /opt/native
COPY --from=build /libraries /opt/holdfast/lib
COPY LICENSE /opt/holdfast/
COPY --from=build /services /opt/holdfast/lib
COPY --from=build /build/app/target/holdfast.jar /build/app/target/holdfast.cdx.json /opt/holdfast/
# Nothing is fetched and nothing is reported to anyone; glibc keeps two heaps of native memory, not one for each thread.
ENV DJL_CACHE_DIR=/opt/native/djl OPT_OUT_TRACKING=true MALLOC_ARENA_MAX=2
USER 10001:10001
WORKDIR /var/lib/holdfast
VOLUME /var/lib/holdfast
EXPOSE 8080
ENTRYPOINT ["java", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-Djava.library.path=/opt/native", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=60", "-jar", "/opt/holdfast/holdfast.jar"]
CMD ["--help"]
