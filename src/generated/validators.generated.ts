// @ts-nocheck
// Generated from schemas/ by `npm run generate`: change the schema, not this file.
import type { ErrorObject } from 'ajv';
import { formats } from '../text/formats.ts';

/** Fills defaults into the value; its `errors` are those of the last call. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

const countCharacters = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};
const ajvFormats = Object.fromEntries(
  Object.entries(formats).map(([name, explain]) => [name, { type: 'string', validate: (text) => explain(text) === undefined }]),
);

export const validateCluster: Validator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/cluster.schema.json","title":"Cluster","description":"The file cluster.yaml: the one place for versions, seeder, network, schedule and guards of a cluster.","type":"object","additionalProperties":false,"required":["apiVersion","kind","spec"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"Cluster"},"metadata":{"description":"What the cluster is called.","type":"object","additionalProperties":false,"properties":{"name":{"description":"The cluster's name, as kubeconfig files and reports show it.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `demo`","default":"kubernetes","examples":["demo"]}},"default":{}},"spec":{"description":"What the cluster is to be.","type":"object","additionalProperties":false,"required":["kubernetesVersion","seeder","controlPlaneEndpoint","network"],"properties":{"kubernetesVersion":{"description":"The Kubernetes version of every machine; the only place a version stands. This release does not upgrade: once the cluster runs, another version is held (`kubeadm.version-held`).","type":"string","pattern":"^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$","patternErrorMessage":"write the whole version with a leading v: `v1.36.3`","examples":["v1.36.3"]},"seeder":{"description":"The name of the accepted node that bootstraps the cluster.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write the name of a node of the accepted list: `cp-1`","examples":["cp-1"]},"clusterCA":{"description":"The digest of the cluster CA's public key, written after the bootstrap. While it stands, no machine without this CA ever bootstraps.","type":"string","pattern":"^sha256:[0-9a-f]{64}$","patternErrorMessage":"write `sha256:` and 64 lower-case hex digits, as `kubic-init nodes accept` of the seeder writes it","examples":["sha256:6f1ed002ab5595859014ebf0951522d9c1f2f0a4b5d3c7b8a1f0e9d8c7b6a595"]},"controlPlaneEndpoint":{"description":"Where every machine reaches the API server, as host:port. Needed even with one control plane, because it cannot be added later.","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$","patternErrorMessage":"write a host and a port: `10.250.0.11:6443`, `api.example.com:6443` or `[fd00::11]:6443`","examples":["10.250.0.11:6443","api.example.com:6443"],"format":"kubic-host-port"},"enrolment":{"description":"Where machines ask for admission.","type":"object","additionalProperties":false,"properties":{"endpoints":{"description":"The control planes' enrolment endpoints, or a TCP load balancer in front of them, tried in turn. Without it: the host of controlPlaneEndpoint, port 9443.","type":"array","minItems":1,"maxItems":32,"items":{"type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$","patternErrorMessage":"write a host and a port: `10.250.0.11:9443`","format":"kubic-host-port"},"examples":[["10.250.0.11:9443"]]}}},"network":{"description":"The cluster's networks. A running cluster cannot follow a change of them.","type":"object","additionalProperties":false,"required":["podSubnet","serviceSubnet"],"properties":{"podSubnet":{"description":"The range of the pods' addresses; for dual stack an IPv4 and an IPv6 range with a comma between.","type":"string","pattern":"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$","patternErrorMessage":"write an address range: `10.244.0.0/16`","examples":["10.244.0.0/16","10.244.0.0/16,fd00:10:244::/56"],"format":"kubic-subnets"},"serviceSubnet":{"description":"The range of the services' addresses; for dual stack an IPv4 and an IPv6 range with a comma between.","type":"string","pattern":"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$","patternErrorMessage":"write an address range: `10.96.0.0/16`","examples":["10.96.0.0/16","10.96.0.0/16,fd00:10:96::/112"],"format":"kubic-subnets"},"dnsDomain":{"description":"The domain of the services' names.","type":"string","pattern":"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$","patternErrorMessage":"write a domain in lower case: `cluster.local`","default":"cluster.local","examples":["cluster.local"]}}},"schedule":{"description":"When each node syncs: cron, five fields (minute, hour, day of month, month, day of week). Each node adds a fixed delay of its own.","type":"string","maxLength":200,"default":"* * * * *","examples":["* * * * *","*/10 * * * *"],"format":"kubic-cron","patternErrorMessage":"write five fields with spaces between, minute hour day month weekday: `*/5 * * * *`"},"components":{"description":"Where kubeadm, kubelet and their companions come from.","type":"object","additionalProperties":false,"properties":{"source":{"description":"`host`: the distribution's packages. `image`: an OCI image (accepted in this release, but held by the plan).","enum":["host","image"],"default":"host","examples":["host"]},"image":{"description":"The OCI image with the components, pinned by digest. Only with source image.","type":"string","maxLength":512,"pattern":"^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$","patternErrorMessage":"pin the image by its digest: `registry.example.com/kubic-components@sha256:<64 hex digits>`","examples":["registry.example.com/kubic-components@sha256:6f1ed002ab5595859014ebf0951522d9c1f2f0a4b5d3c7b8a1f0e9d8c7b6a595"]}},"default":{}},"kubeadm":{"description":"Merged last into what kubic-init writes for kubeadm. Lists of named entries (extraArgs, extraVolumes) merge by name; what kubic-init owns cannot be set here.","type":"object","additionalProperties":false,"properties":{"clusterConfiguration":{"description":"Fields of kubeadm.k8s.io/v1beta4 ClusterConfiguration.","type":"object","default":{},"examples":[{"apiServer":{"extraArgs":[{"name":"audit-log-maxage","value":"30"}]}}]},"initConfiguration":{"description":"Fields of kubeadm.k8s.io/v1beta4 InitConfiguration.","type":"object","default":{},"examples":[{"localAPIEndpoint":{"advertiseAddress":"10.250.0.11"}}]},"joinConfiguration":{"description":"Fields of kubeadm.k8s.io/v1beta4 JoinConfiguration.","type":"object","default":{},"examples":[{"nodeRegistration":{"criSocket":"unix:///run/crio/crio.sock"}}]},"kubeletConfiguration":{"description":"Fields of kubelet.config.k8s.io/v1beta1 KubeletConfiguration.","type":"object","default":{},"examples":[{"maxPods":200}]},"kubeProxyConfiguration":{"description":"Fields of kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration.","type":"object","default":{},"examples":[{"mode":"nftables"}]}},"default":{}},"upgrade":{"description":"How an upgrade goes through the machines. Checked and otherwise unused by this release, which does not upgrade: another version is held (`kubeadm.version-held`).","type":"object","additionalProperties":false,"properties":{"maxUnavailable":{"description":"How many workers may be upgraded at once.","type":"integer","minimum":1,"maximum":1000,"default":1,"examples":[1]},"drainTimeout":{"description":"How long a drain may take before the upgrade of that node stops.","type":"string","pattern":"^([1-9][0-9]{0,4}(s|m|h))+$","patternErrorMessage":"write a duration in s, m or h: `5m`","maxLength":24,"default":"5m","examples":["5m","1h30m"]},"window":{"description":"Days and hours (UTC) in which a disruptive step may start; null: any time.","type":["string","null"],"pattern":"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$","patternErrorMessage":"write days and hours in UTC: `Sat-Sun 22:00-04:00`, or null","default":null,"examples":["Sat-Sun 22:00-04:00","22:00-04:00"]}},"default":{}},"guards":{"description":"What a commit may not do to the cluster. Only `protect` counts in this release.","type":"object","additionalProperties":false,"properties":{"maxRemovals":{"description":"How many nodes one commit may remove: a number, or a share of the accepted list (rounded up, at least one). Unused by this release, which removes none: each removal is held (`admission.removed`).","type":["string","integer"],"pattern":"^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$","patternErrorMessage":"write a number of nodes or a share of them: `2` or `20%`","minimum":0,"maximum":99999,"default":"20%","examples":["20%",2]},"protect":{"description":"Objects that kubic-init never deletes: Kind/name, or Kind/namespace/name.","type":"array","maxItems":1000,"items":{"type":"string","maxLength":400,"pattern":"^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$","patternErrorMessage":"write Kind/name or Kind/namespace/name: `Namespace/kube-system`"},"default":["Namespace/kube-system"],"examples":[["Namespace/kube-system","PersistentVolumeClaim/db/data"]]},"confirm":{"description":"Digests of held actions that may go ahead. Unused by this release, which shows none: what it holds needs another commit.","type":"array","maxItems":1000,"items":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$","patternErrorMessage":"write a digest: `sha256:<64 hex digits>`"},"default":[],"examples":[["sha256:6f1ed002ab5595859014ebf0951522d9c1f2f0a4b5d3c7b8a1f0e9d8c7b6a595"]]}},"default":{}}}}}};
const pattern4 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
const pattern5 = new RegExp("^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$", "u");
const pattern7 = new RegExp("^sha256:[0-9a-f]{64}$", "u");
const pattern8 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$", "u");
const pattern10 = new RegExp("^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$", "u");
const pattern12 = new RegExp("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$", "u");
const pattern13 = new RegExp("^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$", "u");
const pattern14 = new RegExp("^([1-9][0-9]{0,4}(s|m|h))+$", "u");
const pattern15 = new RegExp("^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", "u");
const pattern16 = new RegExp("^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$", "u");
const pattern17 = new RegExp("^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$", "u");
const func1 = Object.prototype.hasOwnProperty;
const func2 = countCharacters;
const formats0 = ajvFormats["kubic-host-port"];
const formats4 = ajvFormats["kubic-subnets"];
const formats8 = ajvFormats["kubic-cron"];

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/cluster.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.metadata === undefined){
data.metadata = {};
}
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.spec === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("kubic.suse.com/v1beta1" !== data0){
const err4 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema31.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Cluster" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Cluster"},message:"must be equal to constant",schema:"Cluster",parentSchema:schema31.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
data2.name = "kubernetes";
}
for(const key1 in data2){
if(!(key1 === "name")){
const err6 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.metadata,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
let data3 = data2.name;
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err7 = {instancePath:instancePath+"/metadata/name",schemaPath:"#/properties/metadata/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.metadata.properties.name,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/metadata/name",schemaPath:"#/properties/metadata/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.metadata.properties.name.type,parentSchema:schema31.properties.metadata.properties.name,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.metadata.type,parentSchema:schema31.properties.metadata,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.spec !== undefined){
let data4 = data.spec;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.schedule === undefined){
data4.schedule = "* * * * *";
}
if(data4.components === undefined){
data4.components = {};
}
if(data4.kubeadm === undefined){
data4.kubeadm = {};
}
if(data4.upgrade === undefined){
data4.upgrade = {};
}
if(data4.guards === undefined){
data4.guards = {};
}
if(data4.kubernetesVersion === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "kubernetesVersion"},message:"must have required property '"+"kubernetesVersion"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4.seeder === undefined){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "seeder"},message:"must have required property '"+"seeder"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4.controlPlaneEndpoint === undefined){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "controlPlaneEndpoint"},message:"must have required property '"+"controlPlaneEndpoint"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.network === undefined){
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "network"},message:"must have required property '"+"network"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data4){
if(!(func1.call(schema31.properties.spec.properties, key2))){
const err14 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.kubernetesVersion !== undefined){
let data5 = data4.kubernetesVersion;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err15 = {instancePath:instancePath+"/spec/kubernetesVersion",schemaPath:"#/properties/spec/properties/kubernetesVersion/pattern",keyword:"pattern",params:{pattern: "^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$"},message:"must match pattern \""+"^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$"+"\"",schema:"^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$",parentSchema:schema31.properties.spec.properties.kubernetesVersion,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/spec/kubernetesVersion",schemaPath:"#/properties/spec/properties/kubernetesVersion/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.kubernetesVersion.type,parentSchema:schema31.properties.spec.properties.kubernetesVersion,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4.seeder !== undefined){
let data6 = data4.seeder;
if(typeof data6 === "string"){
if(!pattern4.test(data6)){
const err17 = {instancePath:instancePath+"/spec/seeder",schemaPath:"#/properties/spec/properties/seeder/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.spec.properties.seeder,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/spec/seeder",schemaPath:"#/properties/spec/properties/seeder/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.seeder.type,parentSchema:schema31.properties.spec.properties.seeder,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data4.clusterCA !== undefined){
let data7 = data4.clusterCA;
if(typeof data7 === "string"){
if(!pattern7.test(data7)){
const err19 = {instancePath:instancePath+"/spec/clusterCA",schemaPath:"#/properties/spec/properties/clusterCA/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\"",schema:"^sha256:[0-9a-f]{64}$",parentSchema:schema31.properties.spec.properties.clusterCA,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/spec/clusterCA",schemaPath:"#/properties/spec/properties/clusterCA/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.clusterCA.type,parentSchema:schema31.properties.spec.properties.clusterCA,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.controlPlaneEndpoint !== undefined){
let data8 = data4.controlPlaneEndpoint;
if(typeof data8 === "string"){
if(!pattern8.test(data8)){
const err21 = {instancePath:instancePath+"/spec/controlPlaneEndpoint",schemaPath:"#/properties/spec/properties/controlPlaneEndpoint/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$",parentSchema:schema31.properties.spec.properties.controlPlaneEndpoint,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!(formats0.validate(data8))){
const err22 = {instancePath:instancePath+"/spec/controlPlaneEndpoint",schemaPath:"#/properties/spec/properties/controlPlaneEndpoint/format",keyword:"format",params:{format: "kubic-host-port"},message:"must match format \""+"kubic-host-port"+"\"",schema:"kubic-host-port",parentSchema:schema31.properties.spec.properties.controlPlaneEndpoint,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/spec/controlPlaneEndpoint",schemaPath:"#/properties/spec/properties/controlPlaneEndpoint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.controlPlaneEndpoint.type,parentSchema:schema31.properties.spec.properties.controlPlaneEndpoint,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.enrolment !== undefined){
let data9 = data4.enrolment;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
if(!(key3 === "endpoints")){
const err24 = {instancePath:instancePath+"/spec/enrolment",schemaPath:"#/properties/spec/properties/enrolment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.enrolment,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data9.endpoints !== undefined){
let data10 = data9.endpoints;
if(Array.isArray(data10)){
if(data10.length > 32){
const err25 = {instancePath:instancePath+"/spec/enrolment/endpoints",schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data10.length < 1){
const err26 = {instancePath:instancePath+"/spec/enrolment/endpoints",schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(typeof data11 === "string"){
if(!pattern8.test(data11)){
const err27 = {instancePath:instancePath+"/spec/enrolment/endpoints/" + i0,schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/items/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$",parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints.items,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!(formats0.validate(data11))){
const err28 = {instancePath:instancePath+"/spec/enrolment/endpoints/" + i0,schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/items/format",keyword:"format",params:{format: "kubic-host-port"},message:"must match format \""+"kubic-host-port"+"\"",schema:"kubic-host-port",parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints.items,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/spec/enrolment/endpoints/" + i0,schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.enrolment.properties.endpoints.items.type,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints.items,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/spec/enrolment/endpoints",schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.enrolment.properties.endpoints.type,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/spec/enrolment",schemaPath:"#/properties/spec/properties/enrolment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.enrolment.type,parentSchema:schema31.properties.spec.properties.enrolment,data:data9};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data4.network !== undefined){
let data12 = data4.network;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.dnsDomain === undefined){
data12.dnsDomain = "cluster.local";
}
if(data12.podSubnet === undefined){
const err32 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/required",keyword:"required",params:{missingProperty: "podSubnet"},message:"must have required property '"+"podSubnet"+"'",schema:schema31.properties.spec.properties.network.required,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data12.serviceSubnet === undefined){
const err33 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/required",keyword:"required",params:{missingProperty: "serviceSubnet"},message:"must have required property '"+"serviceSubnet"+"'",schema:schema31.properties.spec.properties.network.required,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key4 in data12){
if(!(((key4 === "podSubnet") || (key4 === "serviceSubnet")) || (key4 === "dnsDomain"))){
const err34 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data12.podSubnet !== undefined){
let data13 = data12.podSubnet;
if(typeof data13 === "string"){
if(!pattern10.test(data13)){
const err35 = {instancePath:instancePath+"/spec/network/podSubnet",schemaPath:"#/properties/spec/properties/network/properties/podSubnet/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"},message:"must match pattern \""+"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"+"\"",schema:"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$",parentSchema:schema31.properties.spec.properties.network.properties.podSubnet,data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(!(formats4.validate(data13))){
const err36 = {instancePath:instancePath+"/spec/network/podSubnet",schemaPath:"#/properties/spec/properties/network/properties/podSubnet/format",keyword:"format",params:{format: "kubic-subnets"},message:"must match format \""+"kubic-subnets"+"\"",schema:"kubic-subnets",parentSchema:schema31.properties.spec.properties.network.properties.podSubnet,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/spec/network/podSubnet",schemaPath:"#/properties/spec/properties/network/properties/podSubnet/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.network.properties.podSubnet.type,parentSchema:schema31.properties.spec.properties.network.properties.podSubnet,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data12.serviceSubnet !== undefined){
let data14 = data12.serviceSubnet;
if(typeof data14 === "string"){
if(!pattern10.test(data14)){
const err38 = {instancePath:instancePath+"/spec/network/serviceSubnet",schemaPath:"#/properties/spec/properties/network/properties/serviceSubnet/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"},message:"must match pattern \""+"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"+"\"",schema:"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$",parentSchema:schema31.properties.spec.properties.network.properties.serviceSubnet,data:data14};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(!(formats4.validate(data14))){
const err39 = {instancePath:instancePath+"/spec/network/serviceSubnet",schemaPath:"#/properties/spec/properties/network/properties/serviceSubnet/format",keyword:"format",params:{format: "kubic-subnets"},message:"must match format \""+"kubic-subnets"+"\"",schema:"kubic-subnets",parentSchema:schema31.properties.spec.properties.network.properties.serviceSubnet,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/spec/network/serviceSubnet",schemaPath:"#/properties/spec/properties/network/properties/serviceSubnet/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.network.properties.serviceSubnet.type,parentSchema:schema31.properties.spec.properties.network.properties.serviceSubnet,data:data14};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
let data15 = data12.dnsDomain;
if(typeof data15 === "string"){
if(!pattern12.test(data15)){
const err41 = {instancePath:instancePath+"/spec/network/dnsDomain",schemaPath:"#/properties/spec/properties/network/properties/dnsDomain/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$",parentSchema:schema31.properties.spec.properties.network.properties.dnsDomain,data:data15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/spec/network/dnsDomain",schemaPath:"#/properties/spec/properties/network/properties/dnsDomain/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.network.properties.dnsDomain.type,parentSchema:schema31.properties.spec.properties.network.properties.dnsDomain,data:data15};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.network.type,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
let data16 = data4.schedule;
if(typeof data16 === "string"){
if(func2(data16) > 200){
const err44 = {instancePath:instancePath+"/spec/schedule",schemaPath:"#/properties/spec/properties/schedule/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.spec.properties.schedule,data:data16};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(!(formats8.validate(data16))){
const err45 = {instancePath:instancePath+"/spec/schedule",schemaPath:"#/properties/spec/properties/schedule/format",keyword:"format",params:{format: "kubic-cron"},message:"must match format \""+"kubic-cron"+"\"",schema:"kubic-cron",parentSchema:schema31.properties.spec.properties.schedule,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/spec/schedule",schemaPath:"#/properties/spec/properties/schedule/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.schedule.type,parentSchema:schema31.properties.spec.properties.schedule,data:data16};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
let data17 = data4.components;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.source === undefined){
data17.source = "host";
}
for(const key5 in data17){
if(!((key5 === "source") || (key5 === "image"))){
const err47 = {instancePath:instancePath+"/spec/components",schemaPath:"#/properties/spec/properties/components/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.components,data:data17};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
let data18 = data17.source;
if(!((data18 === "host") || (data18 === "image"))){
const err48 = {instancePath:instancePath+"/spec/components/source",schemaPath:"#/properties/spec/properties/components/properties/source/enum",keyword:"enum",params:{allowedValues: schema31.properties.spec.properties.components.properties.source.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.spec.properties.components.properties.source.enum,parentSchema:schema31.properties.spec.properties.components.properties.source,data:data18};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data17.image !== undefined){
let data19 = data17.image;
if(typeof data19 === "string"){
if(func2(data19) > 512){
const err49 = {instancePath:instancePath+"/spec/components/image",schemaPath:"#/properties/spec/properties/components/properties/image/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema31.properties.spec.properties.components.properties.image,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(!pattern13.test(data19)){
const err50 = {instancePath:instancePath+"/spec/components/image",schemaPath:"#/properties/spec/properties/components/properties/image/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$"+"\"",schema:"^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$",parentSchema:schema31.properties.spec.properties.components.properties.image,data:data19};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/spec/components/image",schemaPath:"#/properties/spec/properties/components/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.components.properties.image.type,parentSchema:schema31.properties.spec.properties.components.properties.image,data:data19};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/spec/components",schemaPath:"#/properties/spec/properties/components/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.components.type,parentSchema:schema31.properties.spec.properties.components,data:data17};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
let data20 = data4.kubeadm;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.clusterConfiguration === undefined){
data20.clusterConfiguration = {};
}
if(data20.initConfiguration === undefined){
data20.initConfiguration = {};
}
if(data20.joinConfiguration === undefined){
data20.joinConfiguration = {};
}
if(data20.kubeletConfiguration === undefined){
data20.kubeletConfiguration = {};
}
if(data20.kubeProxyConfiguration === undefined){
data20.kubeProxyConfiguration = {};
}
for(const key6 in data20){
if(!(((((key6 === "clusterConfiguration") || (key6 === "initConfiguration")) || (key6 === "joinConfiguration")) || (key6 === "kubeletConfiguration")) || (key6 === "kubeProxyConfiguration"))){
const err53 = {instancePath:instancePath+"/spec/kubeadm",schemaPath:"#/properties/spec/properties/kubeadm/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.kubeadm,data:data20};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
let data21 = data20.clusterConfiguration;
if(!(data21 && typeof data21 == "object" && !Array.isArray(data21))){
const err54 = {instancePath:instancePath+"/spec/kubeadm/clusterConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/clusterConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.clusterConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.clusterConfiguration,data:data21};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
let data22 = data20.initConfiguration;
if(!(data22 && typeof data22 == "object" && !Array.isArray(data22))){
const err55 = {instancePath:instancePath+"/spec/kubeadm/initConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/initConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.initConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.initConfiguration,data:data22};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
let data23 = data20.joinConfiguration;
if(!(data23 && typeof data23 == "object" && !Array.isArray(data23))){
const err56 = {instancePath:instancePath+"/spec/kubeadm/joinConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/joinConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.joinConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.joinConfiguration,data:data23};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
let data24 = data20.kubeletConfiguration;
if(!(data24 && typeof data24 == "object" && !Array.isArray(data24))){
const err57 = {instancePath:instancePath+"/spec/kubeadm/kubeletConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/kubeletConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.kubeletConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.kubeletConfiguration,data:data24};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
let data25 = data20.kubeProxyConfiguration;
if(!(data25 && typeof data25 == "object" && !Array.isArray(data25))){
const err58 = {instancePath:instancePath+"/spec/kubeadm/kubeProxyConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/kubeProxyConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.kubeProxyConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.kubeProxyConfiguration,data:data25};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/spec/kubeadm",schemaPath:"#/properties/spec/properties/kubeadm/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.type,parentSchema:schema31.properties.spec.properties.kubeadm,data:data20};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
let data26 = data4.upgrade;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.maxUnavailable === undefined){
data26.maxUnavailable = 1;
}
if(data26.drainTimeout === undefined){
data26.drainTimeout = "5m";
}
if(data26.window === undefined){
data26.window = null;
}
for(const key7 in data26){
if(!(((key7 === "maxUnavailable") || (key7 === "drainTimeout")) || (key7 === "window"))){
const err60 = {instancePath:instancePath+"/spec/upgrade",schemaPath:"#/properties/spec/properties/upgrade/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.upgrade,data:data26};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
let data27 = data26.maxUnavailable;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err61 = {instancePath:instancePath+"/spec/upgrade/maxUnavailable",schemaPath:"#/properties/spec/properties/upgrade/properties/maxUnavailable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable.type,parentSchema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable,data:data27};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 1000 || isNaN(data27)){
const err62 = {instancePath:instancePath+"/spec/upgrade/maxUnavailable",schemaPath:"#/properties/spec/properties/upgrade/properties/maxUnavailable/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable,data:data27};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data27 < 1 || isNaN(data27)){
const err63 = {instancePath:instancePath+"/spec/upgrade/maxUnavailable",schemaPath:"#/properties/spec/properties/upgrade/properties/maxUnavailable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable,data:data27};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
let data28 = data26.drainTimeout;
if(typeof data28 === "string"){
if(func2(data28) > 24){
const err64 = {instancePath:instancePath+"/spec/upgrade/drainTimeout",schemaPath:"#/properties/spec/properties/upgrade/properties/drainTimeout/maxLength",keyword:"maxLength",params:{limit: 24},message:"must NOT have more than 24 characters",schema:24,parentSchema:schema31.properties.spec.properties.upgrade.properties.drainTimeout,data:data28};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(!pattern14.test(data28)){
const err65 = {instancePath:instancePath+"/spec/upgrade/drainTimeout",schemaPath:"#/properties/spec/properties/upgrade/properties/drainTimeout/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]{0,4}(s|m|h))+$"},message:"must match pattern \""+"^([1-9][0-9]{0,4}(s|m|h))+$"+"\"",schema:"^([1-9][0-9]{0,4}(s|m|h))+$",parentSchema:schema31.properties.spec.properties.upgrade.properties.drainTimeout,data:data28};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/spec/upgrade/drainTimeout",schemaPath:"#/properties/spec/properties/upgrade/properties/drainTimeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.upgrade.properties.drainTimeout.type,parentSchema:schema31.properties.spec.properties.upgrade.properties.drainTimeout,data:data28};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
let data29 = data26.window;
if((typeof data29 !== "string") && (data29 !== null)){
const err67 = {instancePath:instancePath+"/spec/upgrade/window",schemaPath:"#/properties/spec/properties/upgrade/properties/window/type",keyword:"type",params:{type: schema31.properties.spec.properties.upgrade.properties.window.type},message:"must be string,null",schema:schema31.properties.spec.properties.upgrade.properties.window.type,parentSchema:schema31.properties.spec.properties.upgrade.properties.window,data:data29};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(typeof data29 === "string"){
if(!pattern15.test(data29)){
const err68 = {instancePath:instancePath+"/spec/upgrade/window",schemaPath:"#/properties/spec/properties/upgrade/properties/window/pattern",keyword:"pattern",params:{pattern: "^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"},message:"must match pattern \""+"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"+"\"",schema:"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$",parentSchema:schema31.properties.spec.properties.upgrade.properties.window,data:data29};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/spec/upgrade",schemaPath:"#/properties/spec/properties/upgrade/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.upgrade.type,parentSchema:schema31.properties.spec.properties.upgrade,data:data26};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
let data30 = data4.guards;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.maxRemovals === undefined){
data30.maxRemovals = "20%";
}
if(data30.protect === undefined){
data30.protect = ["Namespace/kube-system"];
}
if(data30.confirm === undefined){
data30.confirm = [];
}
for(const key8 in data30){
if(!(((key8 === "maxRemovals") || (key8 === "protect")) || (key8 === "confirm"))){
const err70 = {instancePath:instancePath+"/spec/guards",schemaPath:"#/properties/spec/properties/guards/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.guards,data:data30};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
let data31 = data30.maxRemovals;
if((typeof data31 !== "string") && (!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31))))){
const err71 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/type",keyword:"type",params:{type: schema31.properties.spec.properties.guards.properties.maxRemovals.type},message:"must be string,integer",schema:schema31.properties.spec.properties.guards.properties.maxRemovals.type,parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 > 99999 || isNaN(data31)){
const err72 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/maximum",keyword:"maximum",params:{comparison: "<=", limit: 99999},message:"must be <= 99999",schema:99999,parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data31 < 0 || isNaN(data31)){
const err73 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(typeof data31 === "string"){
if(!pattern16.test(data31)){
const err74 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/pattern",keyword:"pattern",params:{pattern: "^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$"},message:"must match pattern \""+"^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$"+"\"",schema:"^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$",parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
let data32 = data30.protect;
if(Array.isArray(data32)){
if(data32.length > 1000){
const err75 = {instancePath:instancePath+"/spec/guards/protect",schemaPath:"#/properties/spec/properties/guards/properties/protect/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.spec.properties.guards.properties.protect,data:data32};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
const len1 = data32.length;
for(let i1=0; i1<len1; i1++){
let data33 = data32[i1];
if(typeof data33 === "string"){
if(func2(data33) > 400){
const err76 = {instancePath:instancePath+"/spec/guards/protect/" + i1,schemaPath:"#/properties/spec/properties/guards/properties/protect/items/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters",schema:400,parentSchema:schema31.properties.spec.properties.guards.properties.protect.items,data:data33};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(!pattern17.test(data33)){
const err77 = {instancePath:instancePath+"/spec/guards/protect/" + i1,schemaPath:"#/properties/spec/properties/guards/properties/protect/items/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$"},message:"must match pattern \""+"^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$"+"\"",schema:"^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$",parentSchema:schema31.properties.spec.properties.guards.properties.protect.items,data:data33};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/spec/guards/protect/" + i1,schemaPath:"#/properties/spec/properties/guards/properties/protect/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.guards.properties.protect.items.type,parentSchema:schema31.properties.spec.properties.guards.properties.protect.items,data:data33};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/spec/guards/protect",schemaPath:"#/properties/spec/properties/guards/properties/protect/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.guards.properties.protect.type,parentSchema:schema31.properties.spec.properties.guards.properties.protect,data:data32};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
let data34 = data30.confirm;
if(Array.isArray(data34)){
if(data34.length > 1000){
const err80 = {instancePath:instancePath+"/spec/guards/confirm",schemaPath:"#/properties/spec/properties/guards/properties/confirm/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.spec.properties.guards.properties.confirm,data:data34};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
const len2 = data34.length;
for(let i2=0; i2<len2; i2++){
let data35 = data34[i2];
if(typeof data35 === "string"){
if(!pattern7.test(data35)){
const err81 = {instancePath:instancePath+"/spec/guards/confirm/" + i2,schemaPath:"#/properties/spec/properties/guards/properties/confirm/items/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\"",schema:"^sha256:[0-9a-f]{64}$",parentSchema:schema31.properties.spec.properties.guards.properties.confirm.items,data:data35};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/spec/guards/confirm/" + i2,schemaPath:"#/properties/spec/properties/guards/properties/confirm/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.guards.properties.confirm.items.type,parentSchema:schema31.properties.spec.properties.guards.properties.confirm.items,data:data35};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/spec/guards/confirm",schemaPath:"#/properties/spec/properties/guards/properties/confirm/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.guards.properties.confirm.type,parentSchema:schema31.properties.spec.properties.guards.properties.confirm,data:data34};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/spec/guards",schemaPath:"#/properties/spec/properties/guards/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.guards.type,parentSchema:schema31.properties.spec.properties.guards,data:data30};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.type,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateNodeList: Validator = validate21;
const schema32 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/node-list.schema.json","title":"NodeList","description":"The file nodes.yaml, or each of nodes/*.yaml: which machines belong to the cluster, bound to their identity keys, and which never will.","type":"object","additionalProperties":false,"required":["apiVersion","kind"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"NodeList"},"accepted":{"description":"The machines of the cluster. Each name and each key stands once in all lists.","type":"array","maxItems":10000,"default":[],"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"The node's name in Kubernetes, whatever the machine's hostname says.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `w-1`","examples":["w-1"]},"key":{"description":"The fingerprint of the machine's identity key, as its console and `kubic-init identity` show it. Only the seeder may lack it, until it has bootstrapped.","type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$","patternErrorMessage":"copy the fingerprint from the machine's console or `kubic-init identity`: `SHA256:` and 43 characters, no `=`","examples":["SHA256:uXfYh0pPSGQcvqgLTOQPBkDj1D2V4vMkXQeWJvFqO3M"]},"role":{"description":"What the machine runs.","enum":["control-plane","worker"],"default":"worker","examples":["worker"]},"labels":{"description":"Labels of the Node, kept as they stand here.","type":"object","maxProperties":100,"propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","patternErrorMessage":"write a Kubernetes label key: `disk` or `example.com/disk`"},"additionalProperties":{"type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$","patternErrorMessage":"write a Kubernetes label value: letters, digits, `-`, `_` and `.`, at most 63"},"default":{},"examples":[{"disk":"ssd"}]},"taints":{"description":"Taints of the Node, kept as they stand here.","type":"array","maxItems":100,"default":[],"examples":[[{"key":"gpu","value":"true","effect":"NoSchedule"}]],"items":{"type":"object","additionalProperties":false,"required":["key","effect"],"properties":{"key":{"description":"The taint's key.","type":"string","pattern":"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","patternErrorMessage":"write a Kubernetes label key: `gpu` or `example.com/gpu`","examples":["gpu"]},"value":{"description":"The taint's value.","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$","patternErrorMessage":"write a Kubernetes label value: letters, digits, `-`, `_` and `.`, at most 63","examples":["true"]},"effect":{"description":"What the taint does to pods that do not tolerate it.","enum":["NoSchedule","PreferNoSchedule","NoExecute"],"examples":["NoSchedule"]}}}}}}},"rejected":{"description":"Keys that never get in. A member whose key is rejected stays one in this release, until it is taken out by hand.","type":"array","maxItems":10000,"default":[],"items":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"description":"The fingerprint of the machine's identity key.","type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$","patternErrorMessage":"copy the fingerprint from the accepted entry or `kubic-init nodes pending`: `SHA256:` and 43 characters, no `=`","examples":["SHA256:LVnV0Dk8GJ2dGcGmXJ4FQ1Q8X6xW8qVvGBNZQpHvy0A"]},"name":{"description":"The name the machine had or asked for.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `w-9`","examples":["w-9"]},"reason":{"description":"Why, as the machine and its users are told.","type":"string","minLength":1,"maxLength":200,"examples":["stolen"]}}}}}};
const pattern20 = new RegExp("^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$", "u");
const pattern21 = new RegExp("^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
const pattern22 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/node-list.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.accepted === undefined){
data.accepted = [];
}
if(data.rejected === undefined){
data.rejected = [];
}
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema32.required,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema32.required,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "accepted")) || (key0 === "rejected"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("kubic.suse.com/v1beta1" !== data0){
const err3 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema32.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("NodeList" !== data1){
const err4 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "NodeList"},message:"must be equal to constant",schema:"NodeList",parentSchema:schema32.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
let data2 = data.accepted;
if(Array.isArray(data2)){
if(data2.length > 10000){
const err5 = {instancePath:instancePath+"/accepted",schemaPath:"#/properties/accepted/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema32.properties.accepted,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.role === undefined){
data3.role = "worker";
}
if(data3.labels === undefined){
data3.labels = {};
}
if(data3.taints === undefined){
data3.taints = [];
}
if(data3.name === undefined){
const err6 = {instancePath:instancePath+"/accepted/" + i0,schemaPath:"#/properties/accepted/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema32.properties.accepted.items.required,parentSchema:schema32.properties.accepted.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key1 in data3){
if(!(((((key1 === "name") || (key1 === "key")) || (key1 === "role")) || (key1 === "labels")) || (key1 === "taints"))){
const err7 = {instancePath:instancePath+"/accepted/" + i0,schemaPath:"#/properties/accepted/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema32.properties.accepted.items,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.name !== undefined){
let data4 = data3.name;
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err8 = {instancePath:instancePath+"/accepted/" + i0+"/name",schemaPath:"#/properties/accepted/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema32.properties.accepted.items.properties.name,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/accepted/" + i0+"/name",schemaPath:"#/properties/accepted/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.accepted.items.properties.name.type,parentSchema:schema32.properties.accepted.items.properties.name,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.key !== undefined){
let data5 = data3.key;
if(typeof data5 === "string"){
if(!pattern20.test(data5)){
const err10 = {instancePath:instancePath+"/accepted/" + i0+"/key",schemaPath:"#/properties/accepted/items/properties/key/pattern",keyword:"pattern",params:{pattern: "^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"},message:"must match pattern \""+"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"+"\"",schema:"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$",parentSchema:schema32.properties.accepted.items.properties.key,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/accepted/" + i0+"/key",schemaPath:"#/properties/accepted/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.accepted.items.properties.key.type,parentSchema:schema32.properties.accepted.items.properties.key,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let data6 = data3.role;
if(!((data6 === "control-plane") || (data6 === "worker"))){
const err12 = {instancePath:instancePath+"/accepted/" + i0+"/role",schemaPath:"#/properties/accepted/items/properties/role/enum",keyword:"enum",params:{allowedValues: schema32.properties.accepted.items.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema32.properties.accepted.items.properties.role.enum,parentSchema:schema32.properties.accepted.items.properties.role,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data7 = data3.labels;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 100){
const err13 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema32.properties.accepted.items.properties.labels,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data7){
const _errs16 = errors;
if(typeof key2 === "string"){
if(!pattern21.test(key2)){
const err14 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",parentSchema:schema32.properties.accepted.items.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid4 = _errs16 === errors;
if(!valid4){
const err15 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema32.properties.accepted.items.properties.labels.propertyNames,parentSchema:schema32.properties.accepted.items.properties.labels,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
for(const key3 in data7){
let data8 = data7[key3];
if(typeof data8 === "string"){
if(!pattern22.test(data8)){
const err16 = {instancePath:instancePath+"/accepted/" + i0+"/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/accepted/items/properties/labels/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",parentSchema:schema32.properties.accepted.items.properties.labels.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/accepted/" + i0+"/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/accepted/items/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.accepted.items.properties.labels.additionalProperties.type,parentSchema:schema32.properties.accepted.items.properties.labels.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.accepted.items.properties.labels.type,parentSchema:schema32.properties.accepted.items.properties.labels,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
let data9 = data3.taints;
if(Array.isArray(data9)){
if(data9.length > 100){
const err19 = {instancePath:instancePath+"/accepted/" + i0+"/taints",schemaPath:"#/properties/accepted/items/properties/taints/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema32.properties.accepted.items.properties.taints,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.key === undefined){
const err20 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1,schemaPath:"#/properties/accepted/items/properties/taints/items/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema32.properties.accepted.items.properties.taints.items.required,parentSchema:schema32.properties.accepted.items.properties.taints.items,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data10.effect === undefined){
const err21 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1,schemaPath:"#/properties/accepted/items/properties/taints/items/required",keyword:"required",params:{missingProperty: "effect"},message:"must have required property '"+"effect"+"'",schema:schema32.properties.accepted.items.properties.taints.items.required,parentSchema:schema32.properties.accepted.items.properties.taints.items,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
for(const key4 in data10){
if(!(((key4 === "key") || (key4 === "value")) || (key4 === "effect"))){
const err22 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1,schemaPath:"#/properties/accepted/items/properties/taints/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema32.properties.accepted.items.properties.taints.items,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data10.key !== undefined){
let data11 = data10.key;
if(typeof data11 === "string"){
if(!pattern21.test(data11)){
const err23 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1+"/key",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/key/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",parentSchema:schema32.properties.accepted.items.properties.taints.items.properties.key,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1+"/key",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.accepted.items.properties.taints.items.properties.key.type,parentSchema:schema32.properties.accepted.items.properties.taints.items.properties.key,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data10.value !== undefined){
let data12 = data10.value;
if(typeof data12 === "string"){
if(!pattern22.test(data12)){
const err25 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1+"/value",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/value/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",parentSchema:schema32.properties.accepted.items.properties.taints.items.properties.value,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1+"/value",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.accepted.items.properties.taints.items.properties.value.type,parentSchema:schema32.properties.accepted.items.properties.taints.items.properties.value,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data10.effect !== undefined){
let data13 = data10.effect;
if(!(((data13 === "NoSchedule") || (data13 === "PreferNoSchedule")) || (data13 === "NoExecute"))){
const err27 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1+"/effect",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/effect/enum",keyword:"enum",params:{allowedValues: schema32.properties.accepted.items.properties.taints.items.properties.effect.enum},message:"must be equal to one of the allowed values",schema:schema32.properties.accepted.items.properties.taints.items.properties.effect.enum,parentSchema:schema32.properties.accepted.items.properties.taints.items.properties.effect,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i1,schemaPath:"#/properties/accepted/items/properties/taints/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.accepted.items.properties.taints.items.type,parentSchema:schema32.properties.accepted.items.properties.taints.items,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/accepted/" + i0+"/taints",schemaPath:"#/properties/accepted/items/properties/taints/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.properties.accepted.items.properties.taints.type,parentSchema:schema32.properties.accepted.items.properties.taints,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/accepted/" + i0,schemaPath:"#/properties/accepted/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.accepted.items.type,parentSchema:schema32.properties.accepted.items,data:data3};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/accepted",schemaPath:"#/properties/accepted/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.properties.accepted.type,parentSchema:schema32.properties.accepted,data:data2};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
let data14 = data.rejected;
if(Array.isArray(data14)){
if(data14.length > 10000){
const err32 = {instancePath:instancePath+"/rejected",schemaPath:"#/properties/rejected/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema32.properties.rejected,data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
let data15 = data14[i2];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.key === undefined){
const err33 = {instancePath:instancePath+"/rejected/" + i2,schemaPath:"#/properties/rejected/items/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema32.properties.rejected.items.required,parentSchema:schema32.properties.rejected.items,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key5 in data15){
if(!(((key5 === "key") || (key5 === "name")) || (key5 === "reason"))){
const err34 = {instancePath:instancePath+"/rejected/" + i2,schemaPath:"#/properties/rejected/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema32.properties.rejected.items,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data15.key !== undefined){
let data16 = data15.key;
if(typeof data16 === "string"){
if(!pattern20.test(data16)){
const err35 = {instancePath:instancePath+"/rejected/" + i2+"/key",schemaPath:"#/properties/rejected/items/properties/key/pattern",keyword:"pattern",params:{pattern: "^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"},message:"must match pattern \""+"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"+"\"",schema:"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$",parentSchema:schema32.properties.rejected.items.properties.key,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/rejected/" + i2+"/key",schemaPath:"#/properties/rejected/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.rejected.items.properties.key.type,parentSchema:schema32.properties.rejected.items.properties.key,data:data16};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data15.name !== undefined){
let data17 = data15.name;
if(typeof data17 === "string"){
if(!pattern4.test(data17)){
const err37 = {instancePath:instancePath+"/rejected/" + i2+"/name",schemaPath:"#/properties/rejected/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema32.properties.rejected.items.properties.name,data:data17};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/rejected/" + i2+"/name",schemaPath:"#/properties/rejected/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.rejected.items.properties.name.type,parentSchema:schema32.properties.rejected.items.properties.name,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data15.reason !== undefined){
let data18 = data15.reason;
if(typeof data18 === "string"){
if(func2(data18) > 200){
const err39 = {instancePath:instancePath+"/rejected/" + i2+"/reason",schemaPath:"#/properties/rejected/items/properties/reason/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema32.properties.rejected.items.properties.reason,data:data18};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(func2(data18) < 1){
const err40 = {instancePath:instancePath+"/rejected/" + i2+"/reason",schemaPath:"#/properties/rejected/items/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.rejected.items.properties.reason,data:data18};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/rejected/" + i2+"/reason",schemaPath:"#/properties/rejected/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.rejected.items.properties.reason.type,parentSchema:schema32.properties.rejected.items.properties.reason,data:data18};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/rejected/" + i2,schemaPath:"#/properties/rejected/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.rejected.items.type,parentSchema:schema32.properties.rejected.items,data:data15};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/rejected",schemaPath:"#/properties/rejected/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.properties.rejected.type,parentSchema:schema32.properties.rejected,data:data14};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateAddon: Validator = validate22;
const schema33 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/addon.schema.json","title":"Addon","description":"The optional file addons/<name>/addon.yaml: how the add-on in this folder is applied. Its name is the folder's.","type":"object","additionalProperties":false,"required":["apiVersion","kind"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"Addon"},"spec":{"description":"How the add-on is applied.","type":"object","additionalProperties":false,"properties":{"dependsOn":{"description":"Add-ons that must be healthy before this one is applied.","type":"array","maxItems":100,"items":{"type":"string","minLength":1,"maxLength":255},"default":[],"examples":[["cni"]]},"prune":{"description":"Whether objects that leave the folder are deleted from the cluster.","type":"boolean","default":true,"examples":[true]}},"default":{}}}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/addon.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.spec === undefined){
data.spec = {};
}
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "spec"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("kubic.suse.com/v1beta1" !== data0){
const err3 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema33.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Addon" !== data1){
const err4 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Addon"},message:"must be equal to constant",schema:"Addon",parentSchema:schema33.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
let data2 = data.spec;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.dependsOn === undefined){
data2.dependsOn = [];
}
if(data2.prune === undefined){
data2.prune = true;
}
for(const key1 in data2){
if(!((key1 === "dependsOn") || (key1 === "prune"))){
const err5 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema33.properties.spec,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
let data3 = data2.dependsOn;
if(Array.isArray(data3)){
if(data3.length > 100){
const err6 = {instancePath:instancePath+"/spec/dependsOn",schemaPath:"#/properties/spec/properties/dependsOn/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema33.properties.spec.properties.dependsOn,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func2(data4) > 255){
const err7 = {instancePath:instancePath+"/spec/dependsOn/" + i0,schemaPath:"#/properties/spec/properties/dependsOn/items/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters",schema:255,parentSchema:schema33.properties.spec.properties.dependsOn.items,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(func2(data4) < 1){
const err8 = {instancePath:instancePath+"/spec/dependsOn/" + i0,schemaPath:"#/properties/spec/properties/dependsOn/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.spec.properties.dependsOn.items,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/spec/dependsOn/" + i0,schemaPath:"#/properties/spec/properties/dependsOn/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.spec.properties.dependsOn.items.type,parentSchema:schema33.properties.spec.properties.dependsOn.items,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/spec/dependsOn",schemaPath:"#/properties/spec/properties/dependsOn/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.spec.properties.dependsOn.type,parentSchema:schema33.properties.spec.properties.dependsOn,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
let data5 = data2.prune;
if(typeof data5 !== "boolean"){
const err11 = {instancePath:instancePath+"/spec/prune",schemaPath:"#/properties/spec/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.spec.properties.prune.type,parentSchema:schema33.properties.spec.properties.prune,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.spec.type,parentSchema:schema33.properties.spec,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateSettings: Validator = validate23;
const schema34 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/kubic-init-configuration.schema.json","title":"KubicInitConfiguration","description":"A machine's own settings, the file /etc/kubic/kubic-init.yaml. Flags beat environment variables, which beat this file. Trust is anchored here, never in the repository.","type":"object","additionalProperties":false,"required":["apiVersion","kind"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"KubicInitConfiguration"},"repository":{"description":"The cluster repository.","type":"object","additionalProperties":false,"properties":{"url":{"description":"Where to fetch it, over https or http, without credentials in it.","type":"string","writeOnly":true,"maxLength":2048,"pattern":"^https?://[^\\s/?#]+(/[^\\s?#]*)?$","patternErrorMessage":"write an https URL: `https://git.example.com/ops/cluster.git`","examples":["https://git.example.com/ops/cluster.git"],"format":"kubic-repository-url"},"branch":{"description":"The branch to follow.","type":"string","maxLength":200,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$","patternErrorMessage":"write the name of a branch: `main`","default":"main","examples":["main"],"format":"kubic-branch"},"path":{"description":"The folder in the repository that holds cluster.yaml.","type":"string","maxLength":1024,"pattern":"^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$","patternErrorMessage":"write a relative path without a leading or trailing slash: `clusters/demo`","default":".","examples":["clusters/demo"],"format":"kubic-folder"},"credentials":{"description":"What a private repository asks for: a token or a name and a password, read from files when they are needed.","type":"object","additionalProperties":false,"properties":{"tokenFile":{"description":"A file with a bearer token, readable by root only.","type":"string","writeOnly":true,"pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file; the token itself never stands here: `/etc/kubic/git-token`","examples":["/etc/kubic/git-token"]},"basic":{"description":"HTTP basic authentication.","type":"object","additionalProperties":false,"properties":{"username":{"description":"The user name.","type":"string","minLength":1,"maxLength":200,"writeOnly":true,"examples":["deploy"]},"usernameFile":{"description":"A file with the user name, in place of username.","type":"string","writeOnly":true,"pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file: `/etc/kubic/git-username`","examples":["/etc/kubic/git-username"]},"passwordFile":{"description":"A file with the password, readable by root only.","type":"string","writeOnly":true,"pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file; the password itself never stands here: `/etc/kubic/git-password`","examples":["/etc/kubic/git-password"]}}}}},"caFile":{"description":"A file with PEM certificates that are trusted for this repository beside the system's.","type":"string","pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file: `/etc/kubic/git-ca.pem`","examples":["/etc/kubic/git-ca.pem"]}},"default":{}},"acceptRewind":{"description":"A commit that may be acted on although it does not descend from the last one. It counts once, and not before the agent is started anew (`systemctl restart kubic-init`). The repository itself cannot allow this.","type":"string","pattern":"^[0-9a-f]{40}$","patternErrorMessage":"write the whole commit id, 40 hex digits","examples":["2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"]},"nodeName":{"description":"The name this machine asks for when it enrols. The name it gets is the one its key is bound to in the repository. Default: the hostname.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `w-1`","examples":["w-1"]},"stateDir":{"description":"Where identity, membership, journal, status file and the repository's store are kept.","type":"string","pattern":"^/[^\\u0000-\\u001f]*$","patternErrorMessage":"write an absolute path: `/var/lib/kubic-init`","default":"/var/lib/kubic-init","examples":["/var/lib/kubic-init"]},"runtimeDir":{"description":"Where the lock, the agent's socket and the configuration files handed to kubeadm are kept; empty after a reboot.","type":"string","pattern":"^/[^\\u0000-\\u001f]*$","patternErrorMessage":"write an absolute path: `/run/kubic-init`","default":"/run/kubic-init","examples":["/run/kubic-init"]},"enrolment":{"description":"The enrolment endpoint, served where this machine is a control plane.","type":"object","additionalProperties":false,"properties":{"listen":{"description":"Address and port to listen on; without an address, on all.","type":"string","pattern":"^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$","patternErrorMessage":"write a port, with or without an address: `:9443` or `10.250.0.11:9443`","default":":9443","examples":[":9443","10.250.0.11:9443"],"format":"kubic-listen"}},"default":{}},"engineSocket":{"description":"The container engine's socket (Docker or Podman). Default: the first one found.","type":"string","pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a socket: `/run/podman/podman.sock`","examples":["/run/podman/podman.sock"]},"logLevel":{"description":"How much the agent logs.","enum":["error","warn","info","debug"],"default":"info","examples":["info"]}}};
const formats10 = ajvFormats["kubic-repository-url"];
const formats12 = ajvFormats["kubic-branch"];
const formats14 = ajvFormats["kubic-folder"];
const formats16 = ajvFormats["kubic-listen"];
const pattern27 = new RegExp("^https?://[^\\s/?#]+(/[^\\s?#]*)?$", "u");
const pattern28 = new RegExp("^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$", "u");
const pattern29 = new RegExp("^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$", "u");
const pattern30 = new RegExp("^/[^\\u0000-\\u001f]+$", "u");
const pattern34 = new RegExp("^[0-9a-f]{40}$", "u");
const pattern36 = new RegExp("^/[^\\u0000-\\u001f]*$", "u");
const pattern38 = new RegExp("^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$", "u");

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/kubic-init-configuration.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.repository === undefined){
data.repository = {};
}
if(data.stateDir === undefined){
data.stateDir = "/var/lib/kubic-init";
}
if(data.runtimeDir === undefined){
data.runtimeDir = "/run/kubic-init";
}
if(data.enrolment === undefined){
data.enrolment = {};
}
if(data.logLevel === undefined){
data.logLevel = "info";
}
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema34.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("kubic.suse.com/v1beta1" !== data0){
const err3 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema34.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("KubicInitConfiguration" !== data1){
const err4 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "KubicInitConfiguration"},message:"must be equal to constant",schema:"KubicInitConfiguration",parentSchema:schema34.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
let data2 = data.repository;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.branch === undefined){
data2.branch = "main";
}
if(data2.path === undefined){
data2.path = ".";
}
for(const key1 in data2){
if(!(((((key1 === "url") || (key1 === "branch")) || (key1 === "path")) || (key1 === "credentials")) || (key1 === "caFile"))){
const err5 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.repository,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data2.url !== undefined){
let data3 = data2.url;
if(typeof data3 === "string"){
if(func2(data3) > 2048){
const err6 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema34.properties.repository.properties.url,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!pattern27.test(data3)){
const err7 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/?#]+(/[^\\s?#]*)?$"},message:"must match pattern \""+"^https?://[^\\s/?#]+(/[^\\s?#]*)?$"+"\"",schema:"^https?://[^\\s/?#]+(/[^\\s?#]*)?$",parentSchema:schema34.properties.repository.properties.url,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!(formats10.validate(data3))){
const err8 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/format",keyword:"format",params:{format: "kubic-repository-url"},message:"must match format \""+"kubic-repository-url"+"\"",schema:"kubic-repository-url",parentSchema:schema34.properties.repository.properties.url,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.url.type,parentSchema:schema34.properties.repository.properties.url,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
let data4 = data2.branch;
if(typeof data4 === "string"){
if(func2(data4) > 200){
const err10 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema34.properties.repository.properties.branch,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern28.test(data4)){
const err11 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$"+"\"",schema:"^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$",parentSchema:schema34.properties.repository.properties.branch,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!(formats12.validate(data4))){
const err12 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/format",keyword:"format",params:{format: "kubic-branch"},message:"must match format \""+"kubic-branch"+"\"",schema:"kubic-branch",parentSchema:schema34.properties.repository.properties.branch,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.branch.type,parentSchema:schema34.properties.repository.properties.branch,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
let data5 = data2.path;
if(typeof data5 === "string"){
if(func2(data5) > 1024){
const err14 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema34.properties.repository.properties.path,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!pattern29.test(data5)){
const err15 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/pattern",keyword:"pattern",params:{pattern: "^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$"},message:"must match pattern \""+"^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$"+"\"",schema:"^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$",parentSchema:schema34.properties.repository.properties.path,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!(formats14.validate(data5))){
const err16 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/format",keyword:"format",params:{format: "kubic-folder"},message:"must match format \""+"kubic-folder"+"\"",schema:"kubic-folder",parentSchema:schema34.properties.repository.properties.path,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.path.type,parentSchema:schema34.properties.repository.properties.path,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data2.credentials !== undefined){
let data6 = data2.credentials;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key2 in data6){
if(!((key2 === "tokenFile") || (key2 === "basic"))){
const err18 = {instancePath:instancePath+"/repository/credentials",schemaPath:"#/properties/repository/properties/credentials/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.repository.properties.credentials,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data6.tokenFile !== undefined){
let data7 = data6.tokenFile;
if(typeof data7 === "string"){
if(!pattern30.test(data7)){
const err19 = {instancePath:instancePath+"/repository/credentials/tokenFile",schemaPath:"#/properties/repository/properties/credentials/properties/tokenFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema34.properties.repository.properties.credentials.properties.tokenFile,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/repository/credentials/tokenFile",schemaPath:"#/properties/repository/properties/credentials/properties/tokenFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.credentials.properties.tokenFile.type,parentSchema:schema34.properties.repository.properties.credentials.properties.tokenFile,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.basic !== undefined){
let data8 = data6.basic;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key3 in data8){
if(!(((key3 === "username") || (key3 === "usernameFile")) || (key3 === "passwordFile"))){
const err21 = {instancePath:instancePath+"/repository/credentials/basic",schemaPath:"#/properties/repository/properties/credentials/properties/basic/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.repository.properties.credentials.properties.basic,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data8.username !== undefined){
let data9 = data8.username;
if(typeof data9 === "string"){
if(func2(data9) > 200){
const err22 = {instancePath:instancePath+"/repository/credentials/basic/username",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/username/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.username,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(func2(data9) < 1){
const err23 = {instancePath:instancePath+"/repository/credentials/basic/username",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/username/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.username,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/repository/credentials/basic/username",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.credentials.properties.basic.properties.username.type,parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.username,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data8.usernameFile !== undefined){
let data10 = data8.usernameFile;
if(typeof data10 === "string"){
if(!pattern30.test(data10)){
const err25 = {instancePath:instancePath+"/repository/credentials/basic/usernameFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/usernameFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.usernameFile,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/repository/credentials/basic/usernameFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/usernameFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.credentials.properties.basic.properties.usernameFile.type,parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.usernameFile,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data8.passwordFile !== undefined){
let data11 = data8.passwordFile;
if(typeof data11 === "string"){
if(!pattern30.test(data11)){
const err27 = {instancePath:instancePath+"/repository/credentials/basic/passwordFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/passwordFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.passwordFile,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/repository/credentials/basic/passwordFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/passwordFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.credentials.properties.basic.properties.passwordFile.type,parentSchema:schema34.properties.repository.properties.credentials.properties.basic.properties.passwordFile,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/repository/credentials/basic",schemaPath:"#/properties/repository/properties/credentials/properties/basic/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.repository.properties.credentials.properties.basic.type,parentSchema:schema34.properties.repository.properties.credentials.properties.basic,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/repository/credentials",schemaPath:"#/properties/repository/properties/credentials/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.repository.properties.credentials.type,parentSchema:schema34.properties.repository.properties.credentials,data:data6};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data2.caFile !== undefined){
let data12 = data2.caFile;
if(typeof data12 === "string"){
if(!pattern30.test(data12)){
const err31 = {instancePath:instancePath+"/repository/caFile",schemaPath:"#/properties/repository/properties/caFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema34.properties.repository.properties.caFile,data:data12};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/repository/caFile",schemaPath:"#/properties/repository/properties/caFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.repository.properties.caFile.type,parentSchema:schema34.properties.repository.properties.caFile,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.repository.type,parentSchema:schema34.properties.repository,data:data2};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data.acceptRewind !== undefined){
let data13 = data.acceptRewind;
if(typeof data13 === "string"){
if(!pattern34.test(data13)){
const err34 = {instancePath:instancePath+"/acceptRewind",schemaPath:"#/properties/acceptRewind/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{40}$"},message:"must match pattern \""+"^[0-9a-f]{40}$"+"\"",schema:"^[0-9a-f]{40}$",parentSchema:schema34.properties.acceptRewind,data:data13};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/acceptRewind",schemaPath:"#/properties/acceptRewind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.acceptRewind.type,parentSchema:schema34.properties.acceptRewind,data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.nodeName !== undefined){
let data14 = data.nodeName;
if(typeof data14 === "string"){
if(!pattern4.test(data14)){
const err36 = {instancePath:instancePath+"/nodeName",schemaPath:"#/properties/nodeName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema34.properties.nodeName,data:data14};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/nodeName",schemaPath:"#/properties/nodeName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.nodeName.type,parentSchema:schema34.properties.nodeName,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
let data15 = data.stateDir;
if(typeof data15 === "string"){
if(!pattern36.test(data15)){
const err38 = {instancePath:instancePath+"/stateDir",schemaPath:"#/properties/stateDir/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]*$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]*$"+"\"",schema:"^/[^\\u0000-\\u001f]*$",parentSchema:schema34.properties.stateDir,data:data15};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/stateDir",schemaPath:"#/properties/stateDir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.stateDir.type,parentSchema:schema34.properties.stateDir,data:data15};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
let data16 = data.runtimeDir;
if(typeof data16 === "string"){
if(!pattern36.test(data16)){
const err40 = {instancePath:instancePath+"/runtimeDir",schemaPath:"#/properties/runtimeDir/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]*$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]*$"+"\"",schema:"^/[^\\u0000-\\u001f]*$",parentSchema:schema34.properties.runtimeDir,data:data16};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/runtimeDir",schemaPath:"#/properties/runtimeDir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.runtimeDir.type,parentSchema:schema34.properties.runtimeDir,data:data16};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
let data17 = data.enrolment;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.listen === undefined){
data17.listen = ":9443";
}
for(const key4 in data17){
if(!(key4 === "listen")){
const err42 = {instancePath:instancePath+"/enrolment",schemaPath:"#/properties/enrolment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.enrolment,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
let data18 = data17.listen;
if(typeof data18 === "string"){
if(!pattern38.test(data18)){
const err43 = {instancePath:instancePath+"/enrolment/listen",schemaPath:"#/properties/enrolment/properties/listen/pattern",keyword:"pattern",params:{pattern: "^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$"},message:"must match pattern \""+"^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$"+"\"",schema:"^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$",parentSchema:schema34.properties.enrolment.properties.listen,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(!(formats16.validate(data18))){
const err44 = {instancePath:instancePath+"/enrolment/listen",schemaPath:"#/properties/enrolment/properties/listen/format",keyword:"format",params:{format: "kubic-listen"},message:"must match format \""+"kubic-listen"+"\"",schema:"kubic-listen",parentSchema:schema34.properties.enrolment.properties.listen,data:data18};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/enrolment/listen",schemaPath:"#/properties/enrolment/properties/listen/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.enrolment.properties.listen.type,parentSchema:schema34.properties.enrolment.properties.listen,data:data18};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/enrolment",schemaPath:"#/properties/enrolment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.enrolment.type,parentSchema:schema34.properties.enrolment,data:data17};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data.engineSocket !== undefined){
let data19 = data.engineSocket;
if(typeof data19 === "string"){
if(!pattern30.test(data19)){
const err47 = {instancePath:instancePath+"/engineSocket",schemaPath:"#/properties/engineSocket/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema34.properties.engineSocket,data:data19};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/engineSocket",schemaPath:"#/properties/engineSocket/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.engineSocket.type,parentSchema:schema34.properties.engineSocket,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
let data20 = data.logLevel;
if(!((((data20 === "error") || (data20 === "warn")) || (data20 === "info")) || (data20 === "debug"))){
const err49 = {instancePath:instancePath+"/logLevel",schemaPath:"#/properties/logLevel/enum",keyword:"enum",params:{allowedValues: schema34.properties.logLevel.enum},message:"must be equal to one of the allowed values",schema:schema34.properties.logLevel.enum,parentSchema:schema34.properties.logLevel,data:data20};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
