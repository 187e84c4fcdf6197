# One image for every service: the command says which, as in `docker run holdfast ingest`.

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true package
# PyTorch comes packed in a jar and unpacks itself when it is first used. Done here, no container has to; a container could
# not, for its user may not write there. jshell ends with 0 whatever happens in it, so the result is looked for.
RUN echo 'ai.djl.engine.Engine.getInstance();' \
      | DJL_CACHE_DIR=/opt/djl jshell --class-path app/target/holdfast.jar \
          -R-Dai.djl.offline=true -R-DOPT_OUT_TRACKING=true -s - \
    && ls /opt/djl/pytorch/*/*-libdjl_torch.so

FROM eclipse-temurin:17.0.16_8-jre-jammy
RUN useradd --system --uid 10001 --home-dir /var/lib/holdfast --create-home holdfast
COPY --from=build /opt/djl /opt/djl
COPY --from=build /build/app/target/lib /opt/holdfast/lib
COPY --from=build /build/app/target/holdfast.jar /opt/holdfast/
COPY LICENSE /opt/holdfast/
# Nothing is fetched and nothing is reported to anyone.
ENV DJL_CACHE_DIR=/opt/djl OPT_OUT_TRACKING=true
USER holdfast
WORKDIR /var/lib/holdfast
VOLUME /var/lib/holdfast
EXPOSE 8080
ENTRYPOINT ["java", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=60", "-jar", "/opt/holdfast/holdfast.jar"]
CMD ["--help"]
