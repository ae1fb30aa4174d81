import "./module.js";

export * from "../sansio.js";
