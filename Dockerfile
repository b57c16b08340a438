# kgc with all its extras; a workspace is mounted at /workspace.
#   docker build -t kgc .
#   docker run --rm -v "$PWD:/workspace" kgc ingest docs/
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 kgc
WORKDIR /opt/kgc
COPY pyproject.toml hatch_build.py constraints.txt README.md LICENSE ./
COPY kgc ./kgc
COPY schemas ./schemas
COPY agents ./agents
COPY dashboards ./dashboards
COPY examples/documents ./examples/documents
COPY models ./models
RUN pip install --no-cache-dir --constraint constraints.txt ./models/kgc-model-en ./models/kgc-model-zh '.[all]'

USER kgc
WORKDIR /workspace
ENTRYPOINT ["kgc"]
CMD ["--help"]
