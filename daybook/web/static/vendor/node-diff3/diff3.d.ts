export * from "node-diff3";
