import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { addonOf, beginTest, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;
beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
});
afterEach(() => t.end());

async function expectStill(manifests: string): Promise<void> {
  const addon = addonOf(`${t.ns}-shapes`, manifests);
  expect((await t.harness.sync([addon])).errors).toEqual([]);
  await sleep(2_000); // controllers have had their say
  for (let again = 0; again < 3; again++) expect((await t.harness.sync([addon])).plan).toMatchObject({ actions: [] });
  const { plan, errors } = await t.harness.sync([]);
  expect([plan.held, errors]).toEqual([[], []]);
}

test('what projects ship for webhooks, policies, definitions and their objects is applied once and goes again', () =>
  expectStill(operator(t.ns)));

test('what projects ship for workloads and all around them is applied once and goes again', () =>
  expectStill(workloads(t.ns)));

test('an operator whose empty spec is filled by itself, and a namespace where there is none, are applied once', () =>
  expectStill(installation(t.ns)));

test('mappings that are empty in a manifest and filled by a controller, or by people, are no drift', async () => {
  const manifests = fillable(t.ns);
  const addon = addonOf(`${t.ns}-shapes`, manifests);
  expect((await t.harness.sync([addon])).errors).toEqual([]);
  // the Deployment's controller writes deployment.kubernetes.io/revision
  const annotations = async (kind: string, name: string, apiVersion?: string) =>
    (await t.get(kind, name, apiVersion))?.metadata.annotations ?? {};
  await expect.poll(() => annotations('Deployment', 'd', 'apps/v1'), { timeout: 20_000 }).not.toEqual({});
  await t.kubectl('annotate', 'configmap', 'c', '-n', t.ns, 'example.com/by=hand');
  await t.kubectl('label', 'configmap', 'c', '-n', t.ns, 'example.com/by=hand');
  await t.kubectl('patch', 'configmap', 'c', '-n', t.ns, '--type=merge', '-p', '{"data":{"filled":"1"}}');
  for (let again = 0; again < 3; again++) {
    expect((await t.harness.sync([addon])).plan).toMatchObject({ actions: [], held: [] });
  }
  // what is declared anew is applied, and what others wrote stays
  const next = addonOf(
    addon.name,
    manifests.replace('annotations: {}, labels: {}', 'annotations: {a: "1"}, labels: {}'),
  );
  expect((await t.harness.sync([next])).errors).toEqual([]);
  expect(await annotations('ConfigMap', 'c')).toMatchObject({ a: '1', 'example.com/by': 'hand' });
  expect((await t.harness.plan([next])).actions).toEqual([]);
});

const fillable = (ns: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: ${ns}, annotations: {}, labels: {}}
data: {}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d, namespace: ${ns}, annotations: {}, labels: {}, finalizers: []}
spec:
  replicas: 0
  selector: {matchLabels: {app: d}}
  template: {metadata: {annotations: {}, labels: {app: d}}, spec: {nodeSelector: {}, containers: [{name: a, image: a, env: [], resources: {}}]}}
---
`;

const operator = (ns: string): string => `apiVersion: v1
kind: List
metadata: {resourceVersion: "", selfLink: ""}
items:
- apiVersion: v1
  kind: Service
  metadata: {name: s1, namespace: ${ns}, creationTimestamp: null}
  spec: {ports: [{name: web, port: 80}, {name: udp, port: 53, protocol: UDP, targetPort: dns}], selector: {a: b}, clusterIP: "", externalIPs: [], sessionAffinity: ""}
  status: {loadBalancer: {}}
- apiVersion: v1
  kind: Service
  metadata: {name: s2, namespace: ${ns}}
  spec: {ports: [{name: tcp, port: 53, protocol: TCP}, {name: udp, port: 53, protocol: UDP}], clusterIP: None, publishNotReadyAddresses: false, type: ClusterIP, ipFamilies: [], ipFamilyPolicy: SingleStack}
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: sa1, namespace: ${ns}}
  secrets: []
  imagePullSecrets: [{name: a}, {name: b}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: ${ns}-v}
webhooks:
- name: a.example.com
  admissionReviewVersions: [v1, v1beta1]
  clientConfig: {caBundle: "", service: {name: s1, namespace: ${ns}, path: /v}}
  failurePolicy: Ignore
  sideEffects: None
  rules: [{apiGroups: [${ns}.example.com], apiVersions: [v1], operations: [CREATE], resources: [things]}]
- name: b.example.com
  admissionReviewVersions: [v1]
  clientConfig: {caBundle: Cg==, service: {name: s1, namespace: ${ns}}}
  failurePolicy: Ignore
  sideEffects: None
  namespaceSelector: {}
  objectSelector: {matchExpressions: []}
  timeoutSeconds: 5
  rules: [{apiGroups: [${ns}.example.com], apiVersions: [v1], operations: [CREATE], resources: [things], scope: "*"}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: ${ns}-m, namespace: istio-system, creationTimestamp: null}
webhooks: []
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${ns}-p}
spec:
  failurePolicy: Ignore
  matchConstraints: {resourceRules: [{apiGroups: [${ns}.example.com], apiVersions: [v1], operations: [CREATE], resources: [things]}]}
  validations: [{expression: "true", message: ok}]
status: {}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${ns}-p}
spec: {policyName: ${ns}-p, validationActions: [Deny]}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: ${ns}-pc, namespace: x}
value: 1e3
globalDefault: false
description: ""
preemptionPolicy: PreemptLowerPriority
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.${ns}.example.com, creationTimestamp: null, annotations: {controller-gen.kubebuilder.io/version: (devel)}}
spec:
  group: ${ns}.example.com
  names: {kind: Thing, listKind: ThingList, plural: things, singular: thing, categories: [], shortNames: []}
  scope: Namespaced
  preserveUnknownFields: false
  conversion: {strategy: None}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
    additionalPrinterColumns: [{jsonPath: .metadata.creationTimestamp, name: Age, type: date}]
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            default: {}
            properties:
              replicas: {type: integer, format: int32, default: 1}
              size: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: '^.*$'}
              ports: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [port, protocol], items: {type: object, required: [port], properties: {port: {type: integer}, protocol: {type: string, default: TCP}, name: {type: string}}}}
              tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
              empty: {type: object, additionalProperties: {type: string}}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true}
              n: {type: number}
              when: {type: string, format: date-time}
              nul: {type: string, nullable: true}
              tmpl: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
          status: {type: object, properties: {replicas: {type: integer}}}
  - name: v1alpha1
    served: true
    storage: false
    deprecated: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
status:
  acceptedNames: {kind: "", plural: ""}
  conditions: null
  storedVersions: null
---
apiVersion: ${ns}.example.com/v1
kind: Thing
metadata: {name: t1, namespace: ${ns}}
spec: {size: 5, ports: [{port: 80}, {port: 80, protocol: UDP, name: u}], tags: [b, a], empty: {}, free: {a: {}, b: [], c: null}, n: 1.0, when: "2026-01-01T00:00:00Z", nul: null, tmpl: {apiVersion: v1, kind: ConfigMap, metadata: {creationTimestamp: null, labels: {}}}}
status: {replicas: 3}
---
apiVersion: ${ns}.example.com/v1
kind: Thing
metadata: {name: t2, namespace: ${ns}}
---
apiVersion: ${ns}.example.com/v1
kind: Thing
metadata: {name: t3, namespace: ${ns}, annotations: {kubectl.kubernetes.io/last-applied-configuration: "{\\"a\\":1}\\n"}, managedFields: [{manager: x}], uid: abc, resourceVersion: "12", generation: 4, selfLink: /x}
spec: {n: 1e3, size: "5"}
`;

const workloads = (ns: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: d1, namespace: ${ns}, labels: {}}
spec:
  replicas: 1
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}
  selector: {matchLabels: {app: d1}}
  template:
    metadata: {creationTimestamp: null, labels: {app: d1}, annotations: {}}
    spec:
      serviceAccount: sa1
      serviceAccountName: sa1
      securityContext: {}
      hostNetwork: false
      affinity: {}
      nodeSelector: {}
      tolerations: []
      imagePullSecrets: []
      initContainers: []
      terminationGracePeriodSeconds: 30
      containers:
      - name: a
        image: example.com/a:1
        env: [{name: A, value: ""}, {name: B}, {name: P, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: R, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: "0"}}}]
        ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}, {containerPort: 443, name: https, hostPort: 0}]
        resources: {requests: {cpu: 0.1, memory: 128Mi, ephemeral-storage: "1e9"}, limits: {cpu: 1000m, memory: 1Gi}}
        livenessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 0}
        readinessProbe: {httpGet: {path: /, port: https, scheme: HTTPS}, periodSeconds: 10}
        securityContext: {capabilities: {drop: [ALL], add: []}, runAsUser: 0, privileged: false}
        volumeMounts: [{name: v, mountPath: /v, readOnly: false}]
        args: []
      volumes: [{name: v, emptyDir: {}}, {name: w, emptyDir: {sizeLimit: 1024Mi}}, {name: c, configMap: {name: x, items: [], defaultMode: 0644}}, {name: s, secret: {secretName: x, optional: false}}, {name: p, projected: {sources: [{serviceAccountToken: {path: t}}], defaultMode: 0o400}}, {name: h, hostPath: {path: /x, type: ""}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ss, namespace: ${ns}}
spec:
  serviceName: ""
  replicas: 0
  selector: {matchLabels: {app: ss}}
  template: {metadata: {labels: {app: ss}}, spec: {containers: [{name: a, image: a}]}}
  volumeClaimTemplates:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data, creationTimestamp: null}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}
    status: {}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: cj, namespace: ${ns}}
spec: {schedule: "@daily", suspend: true, jobTemplate: {metadata: {}, spec: {template: {metadata: {}, spec: {restartPolicy: OnFailure, containers: [{name: a, image: a, resources: {limits: {cpu: 1, memory: 0.5Gi}}}]}}}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: bin, namespace: ${ns}}
binaryData: {a: AAEC, b: "AA\\nEC"}
data:
---
apiVersion: v1
kind: Secret
metadata: {name: sec, namespace: ${ns}}
type:
data: {a: "", b: "YQ=="}
stringData: {c: "x"}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np, namespace: ${ns}}
spec: {podSelector: {}, ingress: [], egress: [{}], policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ing, namespace: ${ns}}
spec: {rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s1, port: {number: 80}}}}]}}], tls: []}
status: {loadBalancer: {}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: pdb, namespace: ${ns}}
spec: {minAvailable: 50%, selector: {matchLabels: {app: d1}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: hpa, namespace: ${ns}}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ss}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}], behavior: {}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: rq, namespace: ${ns}}
spec: {hard: {pods: 100, requests.cpu: 1000000m}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: lr, namespace: ${ns}}
spec: {limits: [{type: Container, default: {cpu: 0.5}, defaultRequest: {cpu: .1}}]}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${ns}-pv, namespace: x}
spec: {capacity: {storage: 1024Mi}, accessModes: [ReadWriteOnce], hostPath: {path: /x}, storageClassName: manual, claimRef: {name: c, namespace: ${ns}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${ns}-local-path, annotations: {storageclass.kubernetes.io/is-default-class: "false"}}
provisioner: rancher.io/local-path
parameters: {}
allowVolumeExpansion: false
---
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: ${ns}.csi.example.com}
spec: {attachRequired: false, podInfoOnMount: true, volumeLifecycleModes: [], tokenRequests: []}
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: ${ns}}
handler: runc
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: eps, namespace: ${ns}, labels: {kubernetes.io/service-name: none}}
addressType: IPv4
endpoints: [{addresses: [10.9.9.9]}]
ports: [{port: 80}, {port: 81, name: x}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: ext, namespace: ${ns}}
subsets: [{addresses: [{ip: 10.9.9.8}], ports: [{port: 9100, name: m}]}]
---
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: ${ns}}
spec: {priorityLevelConfiguration: {name: global-default}, rules: [{subjects: [{kind: Group, group: {name: x}}], resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"]}]}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ${ns}-crb}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: sa1, namespace: ${ns}}, {kind: User, name: x}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ${ns}-rb, namespace: ${ns}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: none}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ${ns}-r, namespace: ${ns}}
rules:
---
apiVersion: v1
kind: Namespace
metadata: {name: ${ns}-ns, creationTimestamp: null, labels: {pod-security.kubernetes.io/enforce: privileged}}
spec: {}
status: {}
---
apiVersion: v1
kind: Namespace
metadata: {name: ${ns}-ns2}
spec: {finalizers: [kubernetes]}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: ${ns}, namespace: ${ns}}
spec: {}
---
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: ${ns}}
spec: {selectors: []}
---
apiVersion: v1
kind: Pod
metadata: {name: pod, namespace: ${ns}}
spec: {containers: [{name: a, image: a, resources: {}}], restartPolicy: Always, dnsPolicy: ClusterFirst, priority: 0, tolerations: [{operator: Exists}]}
---
apiVersion: v1
kind: ReplicationController
metadata: {name: rc, namespace: ${ns}}
spec: {replicas: 0, selector: {a: rc}, template: {metadata: {labels: {a: rc}}, spec: {containers: [{name: a, image: a}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ds, namespace: ${ns}}
spec: {selector: {matchLabels: {a: ds}}, updateStrategy: {rollingUpdate: {maxUnavailable: 1}, type: RollingUpdate}, template: {metadata: {labels: {a: ds}}, spec: {hostNetwork: true, containers: [{name: a, image: a, ports: [{containerPort: 7472, name: m}]}]}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: pvc, namespace: ${ns}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 0.5Gi}}, storageClassName: none, volumeName: ""}
`;

const installation = (ns: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: installations.ops.${ns}.example.com}
spec:
  group: ops.${ns}.example.com
  names: {kind: Installation, plural: installations, singular: installation, listKind: InstallationList}
  scope: Cluster
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
---
apiVersion: ops.${ns}.example.com/v1
kind: Installation
metadata: {name: default, namespace: kube-system}
spec: {}
---
apiVersion: ops.${ns}.example.com/v1
kind: Installation
metadata: {name: other}
spec: {calicoNetwork: {ipPools: [{cidr: 10.1.0.0/16, x: null, y: {}}]}, l: [], n: 9007199254740993, f: 1.50, e: 1e2}
stat: ~
`;
