# Two stages: build tools stay out of the image that runs.
# A digest pins it: --build-arg BASE=python:3.11-slim@sha256:…
ARG BASE=python:3.11-slim
FROM ${BASE} AS build
WORKDIR /src
RUN python -m venv --without-pip /venv
COPY pyproject.toml requirements.txt README.md ./
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
RUN pip --python /venv/bin/python install --no-cache-dir --require-hashes --requirement requirements.txt \
    && pip --python /venv/bin/python install --no-cache-dir --no-deps --no-build-isolation . && /venv/bin/tevo check

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /data tevo && mkdir /data && chown tevo /data
COPY --from=build /venv /venv
USER 10001
ENV PATH=/venv/bin:$PATH TEVO_DATA=/data PYTHONUNBUFFERED=1
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# Nothing is written but in /data and /tmp: the root may be read-only, as compose.yaml has it.
# The bot writes a heartbeat; a first start learns from the phrases for half a minute.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["tevo", "health"]
ENTRYPOINT ["tevo"]
CMD ["run"]
