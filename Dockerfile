# The agent's image. BASE is an argument so that it can be built where no registry is reached: any Debian-like image with
# Node 24 and util-linux (nsenter, setpriv, flock, prlimit). PROGRAM=prebuilt takes dist/kubic-init from the build context instead
# of building it, for the same reason.
ARG BASE=docker.io/library/node:24-bookworm-slim
ARG PROGRAM=build

FROM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM scratch AS prebuilt
COPY dist/kubic-init /src/dist/kubic-init

FROM ${PROGRAM} AS program

FROM ${BASE}
LABEL org.opencontainers.image.title="kubic-init" \
      org.opencontainers.image.description="GitOps node reconciler" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=program /src/dist/kubic-init /usr/local/bin/kubic-init
# what the host needs: the unit, the command beside it, a settings file to fill in
COPY init/kubic-init.service init/kubic-init.sh init/kubic-init.yaml /usr/local/share/kubic-init/
# an agent that needs more MiB than this is at fault: it is started again, and the machine keeps its memory
ENV NODE_ENV=production NODE_OPTIONS=--max-old-space-size=1024
# by default each thread of Node may get a heap of its own from glibc, which keeps what was freed in it
ENV MALLOC_ARENA_MAX=2
# The agent is root on the host by design (see init/kubic-init.service for what it is given and why).
ENTRYPOINT ["/usr/local/bin/kubic-init"]
CMD ["agent"]
