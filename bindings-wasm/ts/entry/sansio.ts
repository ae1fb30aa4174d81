import "./inline.js";

export * from "../sansio.js";
