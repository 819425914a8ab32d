# What workers in Docker run from; `agentcoord worker-image build` gives it the program and its packages as context.
FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git ca-certificates \
 && rm -rf /var/lib/apt/lists/*
COPY . /agentcoord
# Nothing of its own is written: a worker has /tmp, and the root is mounted read-only.
WORKDIR /tmp
USER node
ENTRYPOINT ["node", "/agentcoord/out/main/worker.js"]
