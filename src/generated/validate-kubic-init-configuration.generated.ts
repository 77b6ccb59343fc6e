// @ts-nocheck
// Generated from schemas/ by `npm run generate`: change the schema, not this file.
import { ajvFormats, countCharacters, type Validator } from './validator.ts';

export const validate: Validator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/kubic-init-configuration.schema.json","title":"KubicInitConfiguration","description":"A machine's own settings, the file /etc/kubic/kubic-init.yaml. Flags beat environment variables, which beat this file. Trust is anchored here, never in the repository.","type":"object","additionalProperties":false,"required":["apiVersion","kind"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"KubicInitConfiguration"},"repository":{"description":"The cluster repository.","type":"object","additionalProperties":false,"properties":{"url":{"description":"Where to fetch it, over https or http, without credentials in it.","type":"string","writeOnly":true,"maxLength":2048,"pattern":"^https?://[^\\s/?#]+(/[^\\s?#]*)?$","patternErrorMessage":"write an https URL: `https://git.example.com/ops/cluster.git`","examples":["https://git.example.com/ops/cluster.git"],"format":"kubic-repository-url"},"branch":{"description":"The branch to follow.","type":"string","maxLength":200,"pattern":"^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$","patternErrorMessage":"write the name of a branch: `main`","default":"main","examples":["main"],"format":"kubic-branch"},"path":{"description":"The folder in the repository that holds cluster.yaml.","type":"string","maxLength":1024,"pattern":"^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$","patternErrorMessage":"write a relative path without a leading or trailing slash: `clusters/demo`","default":".","examples":["clusters/demo"],"format":"kubic-folder"},"credentials":{"description":"What a private repository asks for: a token or a name and a password, read from files when they are needed.","type":"object","additionalProperties":false,"properties":{"tokenFile":{"description":"A file with a bearer token, readable by root only.","type":"string","writeOnly":true,"pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file; the token itself never stands here: `/etc/kubic/git-token`","examples":["/etc/kubic/git-token"]},"basic":{"description":"HTTP basic authentication.","type":"object","additionalProperties":false,"properties":{"username":{"description":"The user name.","type":"string","minLength":1,"maxLength":200,"writeOnly":true,"examples":["deploy"]},"usernameFile":{"description":"A file with the user name, in place of username.","type":"string","writeOnly":true,"pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file: `/etc/kubic/git-username`","examples":["/etc/kubic/git-username"]},"passwordFile":{"description":"A file with the password, readable by root only.","type":"string","writeOnly":true,"pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file; the password itself never stands here: `/etc/kubic/git-password`","examples":["/etc/kubic/git-password"]}}}}},"caFile":{"description":"A file with PEM certificates that are trusted for this repository beside the system's.","type":"string","pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a file: `/etc/kubic/git-ca.pem`","examples":["/etc/kubic/git-ca.pem"]}},"default":{}},"acceptRewind":{"description":"A commit that may be acted on although it does not descend from the last one. It counts once, and not before the agent is started anew (`systemctl restart kubic-init`). The repository itself cannot allow this.","type":"string","pattern":"^[0-9a-f]{40}$","patternErrorMessage":"write the whole commit id, 40 hex digits","examples":["2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"]},"nodeName":{"description":"The name this machine asks for when it enrols. The name it gets is the one its key is bound to in the repository. Default: the hostname.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `w-1`","examples":["w-1"]},"stateDir":{"description":"Where identity, membership, journal, status file and the repository's store are kept.","type":"string","pattern":"^/[^\\u0000-\\u001f]*$","patternErrorMessage":"write an absolute path: `/var/lib/kubic-init`","default":"/var/lib/kubic-init","examples":["/var/lib/kubic-init"]},"runtimeDir":{"description":"Where the lock, the agent's socket and the configuration files handed to kubeadm are kept; empty after a reboot.","type":"string","pattern":"^/[^\\u0000-\\u001f]*$","patternErrorMessage":"write an absolute path: `/run/kubic-init`","default":"/run/kubic-init","examples":["/run/kubic-init"]},"enrolment":{"description":"The enrolment endpoint, served where this machine is a control plane.","type":"object","additionalProperties":false,"properties":{"listen":{"description":"Address and port to listen on; without an address, on all.","type":"string","pattern":"^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$","patternErrorMessage":"write a port, with or without an address: `:9443` or `10.250.0.11:9443`","default":":9443","examples":[":9443","10.250.0.11:9443"],"format":"kubic-listen"}},"default":{}},"engineSocket":{"description":"The container engine's socket (Docker or Podman). Default: the first one found.","type":"string","pattern":"^/[^\\u0000-\\u001f]+$","patternErrorMessage":"write the absolute path of a socket: `/run/podman/podman.sock`","examples":["/run/podman/podman.sock"]},"logLevel":{"description":"How much the agent logs.","enum":["error","warn","info","debug"],"default":"info","examples":["info"]}}};
const func1 = Object.prototype.hasOwnProperty;
const func2 = countCharacters;
const formats0 = ajvFormats["kubic-repository-url"];
const formats2 = ajvFormats["kubic-branch"];
const formats4 = ajvFormats["kubic-folder"];
const formats6 = ajvFormats["kubic-listen"];
const pattern4 = new RegExp("^https?://[^\\s/?#]+(/[^\\s?#]*)?$", "u");
const pattern5 = new RegExp("^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$", "u");
const pattern6 = new RegExp("^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$", "u");
const pattern7 = new RegExp("^/[^\\u0000-\\u001f]+$", "u");
const pattern11 = new RegExp("^[0-9a-f]{40}$", "u");
const pattern12 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
const pattern13 = new RegExp("^/[^\\u0000-\\u001f]*$", "u");
const pattern15 = new RegExp("^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/kubic-init-configuration.schema.json" */;
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
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
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
const err3 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema31.properties.apiVersion,data:data0};
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
const err4 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "KubicInitConfiguration"},message:"must be equal to constant",schema:"KubicInitConfiguration",parentSchema:schema31.properties.kind,data:data1};
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
const err5 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.repository,data:data2};
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
const err6 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema31.properties.repository.properties.url,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!pattern4.test(data3)){
const err7 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/?#]+(/[^\\s?#]*)?$"},message:"must match pattern \""+"^https?://[^\\s/?#]+(/[^\\s?#]*)?$"+"\"",schema:"^https?://[^\\s/?#]+(/[^\\s?#]*)?$",parentSchema:schema31.properties.repository.properties.url,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!(formats0.validate(data3))){
const err8 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/format",keyword:"format",params:{format: "kubic-repository-url"},message:"must match format \""+"kubic-repository-url"+"\"",schema:"kubic-repository-url",parentSchema:schema31.properties.repository.properties.url,data:data3};
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
const err9 = {instancePath:instancePath+"/repository/url",schemaPath:"#/properties/repository/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.url.type,parentSchema:schema31.properties.repository.properties.url,data:data3};
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
const err10 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.repository.properties.branch,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern5.test(data4)){
const err11 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$"+"\"",schema:"^[A-Za-z0-9_][-A-Za-z0-9_./+@]*$",parentSchema:schema31.properties.repository.properties.branch,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!(formats2.validate(data4))){
const err12 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/format",keyword:"format",params:{format: "kubic-branch"},message:"must match format \""+"kubic-branch"+"\"",schema:"kubic-branch",parentSchema:schema31.properties.repository.properties.branch,data:data4};
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
const err13 = {instancePath:instancePath+"/repository/branch",schemaPath:"#/properties/repository/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.branch.type,parentSchema:schema31.properties.repository.properties.branch,data:data4};
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
const err14 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema31.properties.repository.properties.path,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!pattern6.test(data5)){
const err15 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/pattern",keyword:"pattern",params:{pattern: "^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$"},message:"must match pattern \""+"^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$"+"\"",schema:"^[^/\\\\\\u0000-\\u001f]+(/[^/\\\\\\u0000-\\u001f]+)*$",parentSchema:schema31.properties.repository.properties.path,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!(formats4.validate(data5))){
const err16 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/format",keyword:"format",params:{format: "kubic-folder"},message:"must match format \""+"kubic-folder"+"\"",schema:"kubic-folder",parentSchema:schema31.properties.repository.properties.path,data:data5};
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
const err17 = {instancePath:instancePath+"/repository/path",schemaPath:"#/properties/repository/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.path.type,parentSchema:schema31.properties.repository.properties.path,data:data5};
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
const err18 = {instancePath:instancePath+"/repository/credentials",schemaPath:"#/properties/repository/properties/credentials/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.repository.properties.credentials,data:data6};
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
if(!pattern7.test(data7)){
const err19 = {instancePath:instancePath+"/repository/credentials/tokenFile",schemaPath:"#/properties/repository/properties/credentials/properties/tokenFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema31.properties.repository.properties.credentials.properties.tokenFile,data:data7};
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
const err20 = {instancePath:instancePath+"/repository/credentials/tokenFile",schemaPath:"#/properties/repository/properties/credentials/properties/tokenFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.credentials.properties.tokenFile.type,parentSchema:schema31.properties.repository.properties.credentials.properties.tokenFile,data:data7};
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
const err21 = {instancePath:instancePath+"/repository/credentials/basic",schemaPath:"#/properties/repository/properties/credentials/properties/basic/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.repository.properties.credentials.properties.basic,data:data8};
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
const err22 = {instancePath:instancePath+"/repository/credentials/basic/username",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/username/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.username,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(func2(data9) < 1){
const err23 = {instancePath:instancePath+"/repository/credentials/basic/username",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/username/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.username,data:data9};
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
const err24 = {instancePath:instancePath+"/repository/credentials/basic/username",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.credentials.properties.basic.properties.username.type,parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.username,data:data9};
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
if(!pattern7.test(data10)){
const err25 = {instancePath:instancePath+"/repository/credentials/basic/usernameFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/usernameFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.usernameFile,data:data10};
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
const err26 = {instancePath:instancePath+"/repository/credentials/basic/usernameFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/usernameFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.credentials.properties.basic.properties.usernameFile.type,parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.usernameFile,data:data10};
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
if(!pattern7.test(data11)){
const err27 = {instancePath:instancePath+"/repository/credentials/basic/passwordFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/passwordFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.passwordFile,data:data11};
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
const err28 = {instancePath:instancePath+"/repository/credentials/basic/passwordFile",schemaPath:"#/properties/repository/properties/credentials/properties/basic/properties/passwordFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.credentials.properties.basic.properties.passwordFile.type,parentSchema:schema31.properties.repository.properties.credentials.properties.basic.properties.passwordFile,data:data11};
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
const err29 = {instancePath:instancePath+"/repository/credentials/basic",schemaPath:"#/properties/repository/properties/credentials/properties/basic/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.repository.properties.credentials.properties.basic.type,parentSchema:schema31.properties.repository.properties.credentials.properties.basic,data:data8};
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
const err30 = {instancePath:instancePath+"/repository/credentials",schemaPath:"#/properties/repository/properties/credentials/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.repository.properties.credentials.type,parentSchema:schema31.properties.repository.properties.credentials,data:data6};
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
if(!pattern7.test(data12)){
const err31 = {instancePath:instancePath+"/repository/caFile",schemaPath:"#/properties/repository/properties/caFile/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema31.properties.repository.properties.caFile,data:data12};
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
const err32 = {instancePath:instancePath+"/repository/caFile",schemaPath:"#/properties/repository/properties/caFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.repository.properties.caFile.type,parentSchema:schema31.properties.repository.properties.caFile,data:data12};
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
const err33 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.repository.type,parentSchema:schema31.properties.repository,data:data2};
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
if(!pattern11.test(data13)){
const err34 = {instancePath:instancePath+"/acceptRewind",schemaPath:"#/properties/acceptRewind/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{40}$"},message:"must match pattern \""+"^[0-9a-f]{40}$"+"\"",schema:"^[0-9a-f]{40}$",parentSchema:schema31.properties.acceptRewind,data:data13};
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
const err35 = {instancePath:instancePath+"/acceptRewind",schemaPath:"#/properties/acceptRewind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.acceptRewind.type,parentSchema:schema31.properties.acceptRewind,data:data13};
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
if(!pattern12.test(data14)){
const err36 = {instancePath:instancePath+"/nodeName",schemaPath:"#/properties/nodeName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.nodeName,data:data14};
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
const err37 = {instancePath:instancePath+"/nodeName",schemaPath:"#/properties/nodeName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.nodeName.type,parentSchema:schema31.properties.nodeName,data:data14};
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
if(!pattern13.test(data15)){
const err38 = {instancePath:instancePath+"/stateDir",schemaPath:"#/properties/stateDir/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]*$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]*$"+"\"",schema:"^/[^\\u0000-\\u001f]*$",parentSchema:schema31.properties.stateDir,data:data15};
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
const err39 = {instancePath:instancePath+"/stateDir",schemaPath:"#/properties/stateDir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.stateDir.type,parentSchema:schema31.properties.stateDir,data:data15};
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
if(!pattern13.test(data16)){
const err40 = {instancePath:instancePath+"/runtimeDir",schemaPath:"#/properties/runtimeDir/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]*$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]*$"+"\"",schema:"^/[^\\u0000-\\u001f]*$",parentSchema:schema31.properties.runtimeDir,data:data16};
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
const err41 = {instancePath:instancePath+"/runtimeDir",schemaPath:"#/properties/runtimeDir/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.runtimeDir.type,parentSchema:schema31.properties.runtimeDir,data:data16};
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
const err42 = {instancePath:instancePath+"/enrolment",schemaPath:"#/properties/enrolment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.enrolment,data:data17};
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
if(!pattern15.test(data18)){
const err43 = {instancePath:instancePath+"/enrolment/listen",schemaPath:"#/properties/enrolment/properties/listen/pattern",keyword:"pattern",params:{pattern: "^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$"},message:"must match pattern \""+"^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$"+"\"",schema:"^([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])?:[1-9][0-9]{0,4}$",parentSchema:schema31.properties.enrolment.properties.listen,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(!(formats6.validate(data18))){
const err44 = {instancePath:instancePath+"/enrolment/listen",schemaPath:"#/properties/enrolment/properties/listen/format",keyword:"format",params:{format: "kubic-listen"},message:"must match format \""+"kubic-listen"+"\"",schema:"kubic-listen",parentSchema:schema31.properties.enrolment.properties.listen,data:data18};
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
const err45 = {instancePath:instancePath+"/enrolment/listen",schemaPath:"#/properties/enrolment/properties/listen/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.enrolment.properties.listen.type,parentSchema:schema31.properties.enrolment.properties.listen,data:data18};
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
const err46 = {instancePath:instancePath+"/enrolment",schemaPath:"#/properties/enrolment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.enrolment.type,parentSchema:schema31.properties.enrolment,data:data17};
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
if(!pattern7.test(data19)){
const err47 = {instancePath:instancePath+"/engineSocket",schemaPath:"#/properties/engineSocket/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000-\\u001f]+$"},message:"must match pattern \""+"^/[^\\u0000-\\u001f]+$"+"\"",schema:"^/[^\\u0000-\\u001f]+$",parentSchema:schema31.properties.engineSocket,data:data19};
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
const err48 = {instancePath:instancePath+"/engineSocket",schemaPath:"#/properties/engineSocket/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.engineSocket.type,parentSchema:schema31.properties.engineSocket,data:data19};
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
const err49 = {instancePath:instancePath+"/logLevel",schemaPath:"#/properties/logLevel/enum",keyword:"enum",params:{allowedValues: schema31.properties.logLevel.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.logLevel.enum,parentSchema:schema31.properties.logLevel,data:data20};
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
const err50 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
