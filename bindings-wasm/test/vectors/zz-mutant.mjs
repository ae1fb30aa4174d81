var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// test/vectors/sansio.test.mjs
import assert from "node:assert/strict";
import test from "node:test";

// dist/entry/sansio.js
var sansio_exports = {};
__export(sansio_exports, {
  Aborted: () => Aborted,
  AuthFailed: () => AuthFailed,
  ContentRejected: () => ContentRejected,
  Contract: () => Contract2,
  GenerationFailed: () => GenerationFailed,
  GentaskError: () => GentaskError,
  InsufficientCredits: () => InsufficientCredits,
  InvalidContract: () => InvalidContract,
  InvalidModel: () => InvalidModel,
  InvalidPayload: () => InvalidPayload,
  Machine: () => Machine2,
  NetworkError: () => NetworkError,
  Pacer: () => Pacer2,
  RateLimited: () => RateLimited,
  Reply: () => Reply,
  ResponseTooLarge: () => ResponseTooLarge,
  StoreError: () => StoreError,
  SubmitUnknown: () => SubmitUnknown,
  TaskCancelled: () => TaskCancelled,
  TaskFailed: () => TaskFailed,
  TaskNotFound: () => TaskNotFound,
  UnknownError: () => UnknownError,
  Unsupported: () => Unsupported,
  UpstreamError: () => UpstreamError,
  WaitTimeout: () => WaitTimeout,
  accountRequest: () => accountRequest,
  backoff: () => backoff2,
  bytesOf: () => bytesOf,
  canonicalRecord: () => canonicalRecord2,
  errorOf: () => errorOf,
  nextPoll: () => nextPoll2,
  outcome: () => outcome2,
  readAccount: () => readAccount,
  replyOf: () => replyOf2,
  splitMix64: () => splitMix642,
  validate: () => validate
});

// pkg/core.js
var core_exports = {};
__export(core_exports, {
  Contract: () => Contract,
  Machine: () => Machine,
  Pacer: () => Pacer,
  about: () => about,
  backoff: () => backoff,
  builtInNames: () => builtInNames,
  canonical: () => canonical,
  canonicalRecord: () => canonicalRecord,
  canonicalReply: () => canonicalReply,
  default: () => __wbg_init,
  inDoubt: () => inDoubt,
  initSync: () => initSync,
  isSettled: () => isSettled,
  lostSave: () => lostSave,
  mistake: () => mistake,
  nextPoll: () => nextPoll,
  outcome: () => outcome,
  replyOf: () => replyOf,
  splitMix64: () => splitMix64,
  unanswered: () => unanswered,
  unreached: () => unreached
});
var Contract = class _Contract {
  static __wrap(ptr) {
    const obj = Object.create(_Contract.prototype);
    obj.__wbg_ptr = ptr;
    ContractFinalization.register(obj, obj.__wbg_ptr, obj);
    return obj;
  }
  __destroy_into_raw() {
    const ptr = this.__wbg_ptr;
    this.__wbg_ptr = 0;
    ContractFinalization.unregister(this);
    return ptr;
  }
  free() {
    const ptr = this.__destroy_into_raw();
    wasm.__wbg_contract_free(ptr, 0);
  }
  /**
   * What a driver needs to know of it.
   * @returns {string}
   */
  about() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.contract_about(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * The request of a call that concerns no single task: `list` or `account`.
   * @param {string} operation
   * @param {string} base
   * @returns {string}
   */
  accountRequest(operation, base) {
    let deferred4_0;
    let deferred4_1;
    try {
      let ptr0, len0, ptr1, len1;
      try {
        ptr0 = passStringToWasm0(operation, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passStringToWasm0(base, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len1 = WASM_VECTOR_LEN;
      } catch (e) {
        if (ptr1) {
          wasm.__wbindgen_free(ptr1, len1 * 1, 1);
        }
        if (ptr0) {
          wasm.__wbindgen_free(ptr0, len0 * 1, 1);
        }
        throw e;
      }
      const ret = wasm.contract_accountRequest(this.__wbg_ptr, ptr0, len0, ptr1, len1);
      var ptr3 = ret[0];
      var len3 = ret[1];
      if (ret[3]) {
        ptr3 = 0;
        len3 = 0;
        throw takeFromExternrefTable0(ret[2]);
      }
      deferred4_0 = ptr3;
      deferred4_1 = len3;
      return getStringFromWasm0(ptr3, len3);
    } finally {
      wasm.__wbindgen_free(deferred4_0, deferred4_1, 1);
    }
  }
  /**
   * A contract that comes with the package.
   * @param {string} name
   * @returns {Contract}
   */
  static builtIn(name) {
    const ptr0 = passStringToWasm0(name, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.contract_builtIn(ptr0, len0);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return _Contract.__wrap(ret[0]);
  }
  /**
   * A base URL as it may be used.
   * @param {string} text
   * @returns {string}
   */
  static checkBase(text) {
    let deferred3_0;
    let deferred3_1;
    try {
      const ptr0 = passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      const len0 = WASM_VECTOR_LEN;
      const ret = wasm.contract_checkBase(ptr0, len0);
      var ptr2 = ret[0];
      var len2 = ret[1];
      if (ret[3]) {
        ptr2 = 0;
        len2 = 0;
        throw takeFromExternrefTable0(ret[2]);
      }
      deferred3_0 = ptr2;
      deferred3_1 = len2;
      return getStringFromWasm0(ptr2, len2);
    } finally {
      wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
    }
  }
  /**
   * Decodes every sample: their number, or thrown with what they do not mean.
   * @returns {number}
   */
  checkSamples() {
    const ret = wasm.contract_checkSamples(this.__wbg_ptr);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return ret[0] >>> 0;
  }
  /**
   * A contract from its JSON.
   * @param {Uint8Array | number[]} bytes
   * @returns {Contract}
   */
  static load(bytes2) {
    const ptr0 = passArray8ToWasm0(bytes2, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.contract_load(ptr0, len0);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return _Contract.__wrap(ret[0]);
  }
  /**
   * Reads the answer to it: `{"tasks"}`, `{"amount", "unit"}`, or what [`failed`] says where it brought nothing.
   * @param {string} operation
   * @param {string} head
   * @param {Uint8Array | number[]} body
   * @param {number} tried
   * @param {number} now
   * @returns {string}
   */
  readAccount(operation, head, body, tried, now) {
    let deferred7_0;
    let deferred7_1;
    try {
      const val4 = +tried;
      const val5 = +now;
      let ptr0, len0, ptr1, len1, ptr2, len2;
      try {
        ptr0 = passStringToWasm0(operation, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passStringToWasm0(head, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len1 = WASM_VECTOR_LEN;
        ptr2 = passArray8ToWasm0(body, wasm.__wbindgen_malloc);
        len2 = WASM_VECTOR_LEN;
      } catch (e) {
        if (ptr2) {
          wasm.__wbindgen_free(ptr2, len2 * 1, 1);
        }
        if (ptr1) {
          wasm.__wbindgen_free(ptr1, len1 * 1, 1);
        }
        if (ptr0) {
          wasm.__wbindgen_free(ptr0, len0 * 1, 1);
        }
        throw e;
      }
      const ret = wasm.contract_readAccount(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, val4, val5);
      var ptr6 = ret[0];
      var len6 = ret[1];
      if (ret[3]) {
        ptr6 = 0;
        len6 = 0;
        throw takeFromExternrefTable0(ret[2]);
      }
      deferred7_0 = ptr6;
      deferred7_1 = len6;
      return getStringFromWasm0(ptr6, len6);
    } finally {
      wasm.__wbindgen_free(deferred7_0, deferred7_1, 1);
    }
  }
  /**
   * The JSON that it was loaded from.
   * @returns {string}
   */
  source() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.contract_source(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * The origins that may get the key, for a client with this base.
   * @param {string} base
   * @returns {string[]}
   */
  trustedOrigins(base) {
    const ptr0 = passStringToWasm0(base, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.contract_trustedOrigins(this.__wbg_ptr, ptr0, len0);
    var v2 = getArrayJsValueFromWasm0(ret[0], ret[1]);
    wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
    return v2;
  }
  /**
   * Checks a generation and its options.
   * @param {string} model
   * @param {string} input
   * @param {string} options
   */
  validate(model, input, options) {
    let ptr0, len0, ptr1, len1, ptr2, len2;
    try {
      ptr0 = passStringToWasm0(model, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(input, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
      ptr2 = passStringToWasm0(options, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len2 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr2) {
        wasm.__wbindgen_free(ptr2, len2 * 1, 1);
      }
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.contract_validate(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2);
    if (ret[1]) {
      throw takeFromExternrefTable0(ret[0]);
    }
  }
  /**
   * How long a wait for this model lasts by default, in milliseconds.
   * @param {string} model
   * @returns {number}
   */
  waitMs(model) {
    const ptr0 = passStringToWasm0(model, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.contract_waitMs(this.__wbg_ptr, ptr0, len0);
    return ret;
  }
};
if (Symbol.dispose) Contract.prototype[Symbol.dispose] = Contract.prototype.free;
var Machine = class _Machine {
  static __wrap(ptr) {
    const obj = Object.create(_Machine.prototype);
    obj.__wbg_ptr = ptr;
    MachineFinalization.register(obj, obj.__wbg_ptr, obj);
    return obj;
  }
  __destroy_into_raw() {
    const ptr = this.__wbg_ptr;
    this.__wbg_ptr = 0;
    MachineFinalization.unregister(this);
    return ptr;
  }
  free() {
    const ptr = this.__destroy_into_raw();
    wasm.__wbg_machine_free(ptr, 0);
  }
  /**
   * The answer to a question.
   * @returns {string}
   */
  answer() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.machine_answer(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * A machine for a question about a task that is not stored.
   * @param {Contract} contract
   * @param {string} model
   * @param {string} task_id
   * @param {boolean} details
   * @param {string} own
   * @param {number} now
   * @returns {Machine}
   */
  static ask(contract, model, task_id, details, own, now) {
    _assertClass(contract, Contract);
    const val4 = +details;
    const val5 = +now;
    let ptr0, len0, ptr1, len1, ptr2, len2;
    try {
      ptr0 = passStringToWasm0(model, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(task_id, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
      ptr2 = passStringToWasm0(own, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len2 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr2) {
        wasm.__wbindgen_free(ptr2, len2 * 1, 1);
      }
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.machine_ask(contract.__wbg_ptr, ptr0, len0, ptr1, len1, val4, ptr2, len2, val5);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return _Machine.__wrap(ret[0]);
  }
  /**
   * What is stored to claim a caller's key, before anything is stepped.
   * @returns {string}
   */
  firstRecord() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.machine_firstRecord(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * Takes a wait over from a machine that was overtaken.
   * @param {Machine} before
   */
  inheritWait(before) {
    _assertClass(before, _Machine);
    wasm.machine_inheritWait(this.__wbg_ptr, before.__wbg_ptr);
  }
  /**
   * Whether a cancel is under way.
   * @returns {boolean}
   */
  isCancelling() {
    const ret = wasm.machine_isCancelling(this.__wbg_ptr);
    return ret !== 0;
  }
  /**
   * Whether a submit that ended like this is a failure to its caller.
   * @returns {boolean}
   */
  isRefusal() {
    const ret = wasm.machine_isRefusal(this.__wbg_ptr);
    return ret !== 0;
  }
  /**
   * Whether a stored record is of the same model, options and payload.
   * @param {string} record
   * @param {string} model
   * @param {string} input
   * @param {string} options
   * @returns {boolean}
   */
  isSameIntent(record, model, input, options) {
    let ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3;
    try {
      ptr0 = passStringToWasm0(record, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(model, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
      ptr2 = passStringToWasm0(input, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len2 = WASM_VECTOR_LEN;
      ptr3 = passStringToWasm0(options, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len3 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr3) {
        wasm.__wbindgen_free(ptr3, len3 * 1, 1);
      }
      if (ptr2) {
        wasm.__wbindgen_free(ptr2, len2 * 1, 1);
      }
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.machine_isSameIntent(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return ret[0] !== 0;
  }
  /**
   * Whether a submit needs nothing more of a driver.
   * @returns {boolean}
   */
  isSettled() {
    const ret = wasm.machine_isSettled(this.__wbg_ptr);
    return ret !== 0;
  }
  /**
   * Whether an attempt of a submit may be in flight.
   * @returns {boolean}
   */
  isSubmitting() {
    const ret = wasm.machine_isSubmitting(this.__wbg_ptr);
    return ret !== 0;
  }
  /**
   * Whether nothing more will happen to the task.
   * @returns {boolean}
   */
  isTerminal() {
    const ret = wasm.machine_isTerminal(this.__wbg_ptr);
    return ret !== 0;
  }
  /**
   * The code of why the last read brought nothing.
   * @returns {string | undefined}
   */
  lastFault() {
    const ret = wasm.machine_lastFault(this.__wbg_ptr);
    let v1;
    if (ret[0] !== 0) {
      v1 = getStringFromWasm0(ret[0], ret[1]);
      wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
    }
    return v1;
  }
  /**
   * After how many milliseconds to look whether somebody else has changed the record.
   * @param {number} looks
   * @returns {number | undefined}
   */
  lookAfter(looks) {
    const ret = wasm.machine_lookAfter(this.__wbg_ptr, looks);
    return ret[0] === 0 ? void 0 : ret[1];
  }
  /**
   * Whether the next time-out may send a submit.
   * @returns {boolean}
   */
  maySubmit() {
    const ret = wasm.machine_maySubmit(this.__wbg_ptr);
    return ret !== 0;
  }
  /**
   * The phase.
   * @returns {string}
   */
  phase() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.machine_phase(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * When to step a time-out.
   * @returns {number}
   */
  pollTimeout() {
    const ret = wasm.machine_pollTimeout(this.__wbg_ptr);
    return ret;
  }
  /**
   * Checks a generation and prepares its task.
   * @param {Contract} contract
   * @param {string} model
   * @param {string} input
   * @param {string} options
   * @param {string} own
   * @param {Uint8Array | number[]} entropy
   * @param {number} now
   * @returns {Machine}
   */
  static prepare(contract, model, input, options, own, entropy, now) {
    _assertClass(contract, Contract);
    const val6 = +now;
    let ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3, ptr4, len4;
    try {
      ptr0 = passStringToWasm0(model, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(input, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
      ptr2 = passStringToWasm0(options, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len2 = WASM_VECTOR_LEN;
      ptr3 = passStringToWasm0(own, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len3 = WASM_VECTOR_LEN;
      ptr4 = passArray8ToWasm0(entropy, wasm.__wbindgen_malloc);
      len4 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr4) {
        wasm.__wbindgen_free(ptr4, len4 * 1, 1);
      }
      if (ptr3) {
        wasm.__wbindgen_free(ptr3, len3 * 1, 1);
      }
      if (ptr2) {
        wasm.__wbindgen_free(ptr2, len2 * 1, 1);
      }
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.machine_prepare(contract.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3, ptr4, len4, val6);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return _Machine.__wrap(ret[0]);
  }
  /**
   * The submit as it would go out.
   * @returns {string | undefined}
   */
  preview() {
    const ret = wasm.machine_preview(this.__wbg_ptr);
    let v1;
    if (ret[0] !== 0) {
      v1 = getStringFromWasm0(ret[0], ret[1]);
      wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
    }
    return v1;
  }
  /**
   * The record as it is now.
   * @returns {string}
   */
  record() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.machine_record(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * Gives back what it holds of the pacer.
   * @param {Pacer} pacer
   */
  release(pacer) {
    _assertClass(pacer, Pacer);
    wasm.machine_release(this.__wbg_ptr, pacer.__wbg_ptr);
  }
  /**
   * How the task is.
   * @returns {string}
   */
  reply() {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.machine_reply(this.__wbg_ptr);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
  /**
   * The `request` blob.
   * @returns {Uint8Array | undefined}
   */
  requestBlob() {
    const ret = wasm.machine_requestBlob(this.__wbg_ptr);
    let v1;
    if (ret[0] !== 0) {
      v1 = getArrayU8FromWasm0(ret[0], ret[1]).slice();
      wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
    }
    return v1;
  }
  /**
   * A machine for a stored record and its `request` blob.
   * @param {Contract} contract
   * @param {string} record
   * @param {Uint8Array | number[] | null | undefined} request
   * @param {string} own
   * @returns {Machine}
   */
  static resume(contract, record, request, own) {
    _assertClass(contract, Contract);
    let ptr0, len0, ptr1, len1, ptr2, len2;
    try {
      ptr0 = passStringToWasm0(record, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = isLikeNone(request) ? 0 : passArray8ToWasm0(request, wasm.__wbindgen_malloc);
      len1 = WASM_VECTOR_LEN;
      ptr2 = passStringToWasm0(own, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len2 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr2) {
        wasm.__wbindgen_free(ptr2, len2 * 1, 1);
      }
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.machine_resume(contract.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2);
    if (ret[2]) {
      throw takeFromExternrefTable0(ret[1]);
    }
    return _Machine.__wrap(ret[0]);
  }
  /**
   * Takes what happened; the outputs as a JSON array. A body comes beside the input that it belongs to, as bytes.
   * @param {string} input
   * @param {Uint8Array | number[] | null | undefined} body
   * @param {number} now
   * @param {Pacer} pacer
   * @returns {string}
   */
  step(input, body, now, pacer) {
    let deferred5_0;
    let deferred5_1;
    try {
      _assertClass(pacer, Pacer);
      const val3 = +now;
      let ptr0, len0, ptr1, len1;
      try {
        ptr0 = passStringToWasm0(input, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = isLikeNone(body) ? 0 : passArray8ToWasm0(body, wasm.__wbindgen_malloc);
        len1 = WASM_VECTOR_LEN;
      } catch (e) {
        if (ptr1) {
          wasm.__wbindgen_free(ptr1, len1 * 1, 1);
        }
        if (ptr0) {
          wasm.__wbindgen_free(ptr0, len0 * 1, 1);
        }
        throw e;
      }
      const ret = wasm.machine_step(this.__wbg_ptr, ptr0, len0, ptr1, len1, val3, pacer.__wbg_ptr);
      var ptr4 = ret[0];
      var len4 = ret[1];
      if (ret[3]) {
        ptr4 = 0;
        len4 = 0;
        throw takeFromExternrefTable0(ret[2]);
      }
      deferred5_0 = ptr4;
      deferred5_1 = len4;
      return getStringFromWasm0(ptr4, len4);
    } finally {
      wasm.__wbindgen_free(deferred5_0, deferred5_1, 1);
    }
  }
  /**
   * What follows where there is no key for a submit: `unresolved`, `withdraw` or `keep`.
   * @param {boolean} own
   * @returns {string}
   */
  withoutKey(own) {
    let deferred1_0;
    let deferred1_1;
    try {
      const ret = wasm.machine_withoutKey(this.__wbg_ptr, own);
      deferred1_0 = ret[0];
      deferred1_1 = ret[1];
      return getStringFromWasm0(ret[0], ret[1]);
    } finally {
      wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
    }
  }
};
if (Symbol.dispose) Machine.prototype[Symbol.dispose] = Machine.prototype.free;
var Pacer = class {
  __destroy_into_raw() {
    const ptr = this.__wbg_ptr;
    this.__wbg_ptr = 0;
    PacerFinalization.unregister(this);
    return ptr;
  }
  free() {
    const ptr = this.__destroy_into_raw();
    wasm.__wbg_pacer_free(ptr, 0);
  }
  /**
   * Until when the account is asked to pause.
   * @param {Contract} contract
   * @param {string} base
   * @param {string} account
   * @returns {number}
   */
  heldUntil(contract, base, account) {
    _assertClass(contract, Contract);
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(base, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(account, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.pacer_heldUntil(this.__wbg_ptr, contract.__wbg_ptr, ptr0, len0, ptr1, len1);
    return ret;
  }
  /**
   * The account was asked to pause.
   * @param {Contract} contract
   * @param {string} base
   * @param {string} account
   * @param {number} until
   */
  hold(contract, base, account, until) {
    _assertClass(contract, Contract);
    const val3 = +until;
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(base, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(account, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    wasm.pacer_hold(this.__wbg_ptr, contract.__wbg_ptr, ptr0, len0, ptr1, len1, val3);
  }
  /**
   * Nothing has gone out yet.
   */
  constructor() {
    const ret = wasm.pacer_new();
    this.__wbg_ptr = ret;
    PacerFinalization.register(this, this.__wbg_ptr, this);
    return this;
  }
  /**
   * When a read that belongs to no task may go out.
   * @param {Contract} contract
   * @param {string} base
   * @param {string} account
   * @param {number} now
   * @returns {number}
   */
  reserve(contract, base, account, now) {
    _assertClass(contract, Contract);
    const val3 = +now;
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(base, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(account, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.pacer_reserve(this.__wbg_ptr, contract.__wbg_ptr, ptr0, len0, ptr1, len1, val3);
    return ret;
  }
};
if (Symbol.dispose) Pacer.prototype[Symbol.dispose] = Pacer.prototype.free;
function about(reply, record) {
  let deferred4_0;
  let deferred4_1;
  try {
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(reply, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(record, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.about(ptr0, len0, ptr1, len1);
    var ptr3 = ret[0];
    var len3 = ret[1];
    if (ret[3]) {
      ptr3 = 0;
      len3 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred4_0 = ptr3;
    deferred4_1 = len3;
    return getStringFromWasm0(ptr3, len3);
  } finally {
    wasm.__wbindgen_free(deferred4_0, deferred4_1, 1);
  }
}
function backoff(base_ms, cap_ms, attempt, seed) {
  const ret = wasm.backoff(base_ms, cap_ms, attempt, seed);
  return BigInt.asUintN(64, ret);
}
function builtInNames() {
  let deferred1_0;
  let deferred1_1;
  try {
    const ret = wasm.builtInNames();
    deferred1_0 = ret[0];
    deferred1_1 = ret[1];
    return getStringFromWasm0(ret[0], ret[1]);
  } finally {
    wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
  }
}
function canonical(text) {
  let deferred3_0;
  let deferred3_1;
  try {
    const ptr0 = passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.canonical(ptr0, len0);
    var ptr2 = ret[0];
    var len2 = ret[1];
    if (ret[3]) {
      ptr2 = 0;
      len2 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred3_0 = ptr2;
    deferred3_1 = len2;
    return getStringFromWasm0(ptr2, len2);
  } finally {
    wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
  }
}
function canonicalRecord(record) {
  let deferred3_0;
  let deferred3_1;
  try {
    const ptr0 = passStringToWasm0(record, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.canonicalRecord(ptr0, len0);
    var ptr2 = ret[0];
    var len2 = ret[1];
    if (ret[3]) {
      ptr2 = 0;
      len2 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred3_0 = ptr2;
    deferred3_1 = len2;
    return getStringFromWasm0(ptr2, len2);
  } finally {
    wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
  }
}
function canonicalReply(reply) {
  let deferred3_0;
  let deferred3_1;
  try {
    const ptr0 = passStringToWasm0(reply, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.canonicalReply(ptr0, len0);
    var ptr2 = ret[0];
    var len2 = ret[1];
    if (ret[3]) {
      ptr2 = 0;
      len2 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred3_0 = ptr2;
    deferred3_1 = len2;
    return getStringFromWasm0(ptr2, len2);
  } finally {
    wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
  }
}
function inDoubt(reply, intent_id) {
  let deferred4_0;
  let deferred4_1;
  try {
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(reply, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(intent_id, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.inDoubt(ptr0, len0, ptr1, len1);
    var ptr3 = ret[0];
    var len3 = ret[1];
    if (ret[3]) {
      ptr3 = 0;
      len3 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred4_0 = ptr3;
    deferred4_1 = len3;
    return getStringFromWasm0(ptr3, len3);
  } finally {
    wasm.__wbindgen_free(deferred4_0, deferred4_1, 1);
  }
}
function isSettled(phase) {
  const ptr0 = passStringToWasm0(phase, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
  const len0 = WASM_VECTOR_LEN;
  const ret = wasm.isSettled(ptr0, len0);
  return ret !== 0;
}
function lostSave(record, why, submits) {
  let deferred5_0;
  let deferred5_1;
  try {
    const val3 = +submits;
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(record, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = passStringToWasm0(why, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.lostSave(ptr0, len0, ptr1, len1, val3);
    var ptr4 = ret[0];
    var len4 = ret[1];
    if (ret[3]) {
      ptr4 = 0;
      len4 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred5_0 = ptr4;
    deferred5_1 = len4;
    return getStringFromWasm0(ptr4, len4);
  } finally {
    wasm.__wbindgen_free(deferred5_0, deferred5_1, 1);
  }
}
function mistake(code, what, violations) {
  let ptr0, len0, ptr1, len1, ptr2, len2;
  try {
    ptr0 = passStringToWasm0(code, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    len0 = WASM_VECTOR_LEN;
    ptr1 = passStringToWasm0(what, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    len1 = WASM_VECTOR_LEN;
    ptr2 = passStringToWasm0(violations, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    len2 = WASM_VECTOR_LEN;
  } catch (e) {
    if (ptr2) {
      wasm.__wbindgen_free(ptr2, len2 * 1, 1);
    }
    if (ptr1) {
      wasm.__wbindgen_free(ptr1, len1 * 1, 1);
    }
    if (ptr0) {
      wasm.__wbindgen_free(ptr0, len0 * 1, 1);
    }
    throw e;
  }
  const ret = wasm.mistake(ptr0, len0, ptr1, len1, ptr2, len2);
  if (ret[2]) {
    throw takeFromExternrefTable0(ret[1]);
  }
  return takeFromExternrefTable0(ret[0]);
}
function nextPoll(elapsed_ms, seed, first_ms, every_ms, factor_pct, cap_ms, min_interval_ms) {
  const ret = wasm.nextPoll(elapsed_ms, seed, first_ms, every_ms, factor_pct, cap_ms, min_interval_ms);
  return BigInt.asUintN(64, ret);
}
function outcome(ending, phase, processing, fault) {
  const val4 = +processing;
  let ptr0, len0, ptr1, len1, ptr2, len2;
  try {
    ptr0 = passStringToWasm0(ending, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    len0 = WASM_VECTOR_LEN;
    ptr1 = passStringToWasm0(phase, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    len1 = WASM_VECTOR_LEN;
    ptr2 = passStringToWasm0(fault, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    len2 = WASM_VECTOR_LEN;
  } catch (e) {
    if (ptr2) {
      wasm.__wbindgen_free(ptr2, len2 * 1, 1);
    }
    if (ptr1) {
      wasm.__wbindgen_free(ptr1, len1 * 1, 1);
    }
    if (ptr0) {
      wasm.__wbindgen_free(ptr0, len0 * 1, 1);
    }
    throw e;
  }
  const ret = wasm.outcome(ptr0, len0, ptr1, len1, val4, ptr2, len2);
  let v5;
  if (ret[0] !== 0) {
    v5 = getStringFromWasm0(ret[0], ret[1]);
    wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
  }
  return v5;
}
function replyOf(record, raw) {
  let deferred4_0;
  let deferred4_1;
  try {
    let ptr0, len0, ptr1, len1;
    try {
      ptr0 = passStringToWasm0(record, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
      len0 = WASM_VECTOR_LEN;
      ptr1 = isLikeNone(raw) ? 0 : passArray8ToWasm0(raw, wasm.__wbindgen_malloc);
      len1 = WASM_VECTOR_LEN;
    } catch (e) {
      if (ptr1) {
        wasm.__wbindgen_free(ptr1, len1 * 1, 1);
      }
      if (ptr0) {
        wasm.__wbindgen_free(ptr0, len0 * 1, 1);
      }
      throw e;
    }
    const ret = wasm.replyOf(ptr0, len0, ptr1, len1);
    var ptr3 = ret[0];
    var len3 = ret[1];
    if (ret[3]) {
      ptr3 = 0;
      len3 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred4_0 = ptr3;
    deferred4_1 = len3;
    return getStringFromWasm0(ptr3, len3);
  } finally {
    wasm.__wbindgen_free(deferred4_0, deferred4_1, 1);
  }
}
function splitMix64(seed, counter) {
  const ret = wasm.splitMix64(seed, counter);
  return BigInt.asUintN(64, ret);
}
function unanswered(reply) {
  let deferred3_0;
  let deferred3_1;
  try {
    const ptr0 = passStringToWasm0(reply, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.unanswered(ptr0, len0);
    var ptr2 = ret[0];
    var len2 = ret[1];
    if (ret[3]) {
      ptr2 = 0;
      len2 = 0;
      throw takeFromExternrefTable0(ret[2]);
    }
    deferred3_0 = ptr2;
    deferred3_1 = len2;
    return getStringFromWasm0(ptr2, len2);
  } finally {
    wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
  }
}
function unreached(reason, tried, now) {
  let deferred4_0;
  let deferred4_1;
  try {
    const val2 = +tried;
    const val3 = +now;
    const ptr0 = passStringToWasm0(reason, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.unreached(ptr0, len0, val2, val3);
    deferred4_0 = ret[0];
    deferred4_1 = ret[1];
    return getStringFromWasm0(ret[0], ret[1]);
  } finally {
    wasm.__wbindgen_free(deferred4_0, deferred4_1, 1);
  }
}
function __wbg_get_imports() {
  const import0 = {
    __proto__: null,
    __wbg___wbindgen_throw_4c88d8bf264fd984: function(arg0, arg1) {
      throw new Error(getStringFromWasm0(arg0, arg1));
    },
    __wbindgen_generic_0000000000000001: function(arg0, arg1) {
      const ret = getStringFromWasm0(arg0, arg1);
      return ret;
    },
    __wbindgen_init_externref_table: function() {
      const table = wasm.__wbindgen_externrefs;
      table.set(0, void 0);
      table.set(1024, void 0);
      table.set(1025, null);
      table.set(1026, true);
      table.set(1027, false);
    }
  };
  return {
    __proto__: null,
    "./core_bg.js": import0
  };
}
var ContractFinalization = typeof FinalizationRegistry === "undefined" ? { register: () => {
}, unregister: () => {
} } : new FinalizationRegistry((ptr) => wasm.__wbg_contract_free(ptr, 1));
var MachineFinalization = typeof FinalizationRegistry === "undefined" ? { register: () => {
}, unregister: () => {
} } : new FinalizationRegistry((ptr) => wasm.__wbg_machine_free(ptr, 1));
var PacerFinalization = typeof FinalizationRegistry === "undefined" ? { register: () => {
}, unregister: () => {
} } : new FinalizationRegistry((ptr) => wasm.__wbg_pacer_free(ptr, 1));
function _assertClass(instance, klass) {
  if (!(instance instanceof klass)) {
    throw new Error(`expected instance of ${klass.name}`);
  }
}
function getArrayJsValueFromWasm0(ptr, len) {
  ptr = ptr >>> 0;
  const mem = getDataViewMemory0();
  const result = [];
  for (let i2 = ptr; i2 < ptr + 4 * len; i2 += 4) {
    result.push(wasm.__wbindgen_externrefs.get(mem.getUint32(i2, true)));
  }
  wasm.__externref_drop_slice(ptr, len);
  return result;
}
function getArrayU8FromWasm0(ptr, len) {
  ptr = ptr >>> 0;
  return getUint8ArrayMemory0().subarray(ptr / 1, ptr / 1 + len);
}
var cachedDataViewMemory0 = null;
function getDataViewMemory0() {
  if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || cachedDataViewMemory0.buffer.detached === void 0 && cachedDataViewMemory0.buffer !== wasm.memory.buffer) {
    cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
  }
  return cachedDataViewMemory0;
}
function getStringFromWasm0(ptr, len) {
  ptr = ptr >>> 0;
  return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}
var cachedUint8ArrayMemory0 = null;
function getUint8ArrayMemory0() {
  if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
    cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);
  }
  return cachedUint8ArrayMemory0;
}
function isLikeNone(x2) {
  return x2 === void 0 || x2 === null;
}
function passArray8ToWasm0(arg, malloc) {
  const ptr = malloc(arg.length * 1, 1) >>> 0;
  getUint8ArrayMemory0().set(arg, ptr / 1);
  WASM_VECTOR_LEN = arg.length;
  return ptr;
}
function passStringToWasm0(arg, malloc, realloc) {
  if (realloc === void 0) {
    const buf = cachedTextEncoder.encode(arg);
    const ptr2 = malloc(buf.length, 1) >>> 0;
    getUint8ArrayMemory0().subarray(ptr2, ptr2 + buf.length).set(buf);
    WASM_VECTOR_LEN = buf.length;
    return ptr2;
  }
  let len = arg.length;
  let ptr = malloc(len, 1) >>> 0;
  const mem = getUint8ArrayMemory0();
  let offset = 0;
  for (; offset < len; offset++) {
    const code = arg.charCodeAt(offset);
    if (code > 127) break;
    mem[ptr + offset] = code;
  }
  if (offset !== len) {
    if (offset !== 0) {
      arg = arg.slice(offset);
    }
    ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
    const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
    const ret = cachedTextEncoder.encodeInto(arg, view);
    offset += ret.written;
    ptr = realloc(ptr, len, offset, 1) >>> 0;
  }
  WASM_VECTOR_LEN = offset;
  return ptr;
}
function takeFromExternrefTable0(idx) {
  const value = wasm.__wbindgen_externrefs.get(idx);
  wasm.__externref_table_dealloc(idx);
  return value;
}
var cachedTextDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
cachedTextDecoder.decode();
var MAX_SAFARI_DECODE_BYTES = 2146435072;
var numBytesDecoded = 0;
function decodeText(bytes2) {
  numBytesDecoded += bytes2.length;
  if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
    cachedTextDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
    cachedTextDecoder.decode();
    numBytesDecoded = bytes2.length;
  }
  return cachedTextDecoder.decode(bytes2);
}
var cachedTextEncoder = new TextEncoder();
if (!("encodeInto" in cachedTextEncoder)) {
  cachedTextEncoder.encodeInto = function(arg, view) {
    const buf = cachedTextEncoder.encode(arg);
    view.set(buf);
    return {
      read: arg.length,
      written: buf.length
    };
  };
}
var WASM_VECTOR_LEN = 0;
var wasmModule;
var wasmInstance;
var wasm;
function __wbg_finalize_init(instance, module) {
  wasmInstance = instance;
  wasm = instance.exports;
  wasmModule = module;
  cachedDataViewMemory0 = null;
  cachedUint8ArrayMemory0 = null;
  wasm.__wbindgen_start();
  return wasm;
}
async function __wbg_load(module, imports) {
  if (typeof Response === "function" && module instanceof Response) {
    if (!module.ok) {
      throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
    }
    if (typeof WebAssembly.instantiateStreaming === "function") {
      try {
        return await WebAssembly.instantiateStreaming(module, imports);
      } catch (e) {
        const validResponse = expectedResponseType(module.type);
        if (validResponse && module.headers.get("Content-Type") !== "application/wasm") {
          console.warn("`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. Original error:\n", e);
        } else {
          throw e;
        }
      }
    }
    const bytes2 = await module.arrayBuffer();
    return await WebAssembly.instantiate(bytes2, imports);
  } else {
    const instance = await WebAssembly.instantiate(module, imports);
    if (instance instanceof WebAssembly.Instance) {
      return { instance, module };
    } else {
      return instance;
    }
  }
  function expectedResponseType(type) {
    switch (type) {
      case "basic":
      case "cors":
      case "default":
        return true;
    }
    return false;
  }
}
function initSync(module) {
  if (wasm !== void 0) return wasm;
  if (module !== void 0) {
    if (Object.getPrototypeOf(module) === Object.prototype) {
      ({ module } = module);
    } else {
      console.warn("using deprecated parameters for `initSync()`; pass a single object instead");
    }
  }
  const imports = __wbg_get_imports();
  if (!(module instanceof WebAssembly.Module)) {
    module = new WebAssembly.Module(module);
  }
  const instance = new WebAssembly.Instance(module, imports);
  return __wbg_finalize_init(instance, module);
}
var __wbg_init_promise;
async function __wbg_init(module_or_path) {
  if (wasm !== void 0) return wasm;
  if (__wbg_init_promise === void 0) {
    __wbg_init_promise = __wbg_init_once(module_or_path);
    __wbg_init_promise.catch(() => {
      __wbg_init_promise = void 0;
    });
  }
  return __wbg_init_promise;
}
async function __wbg_init_once(module_or_path) {
  if (module_or_path !== void 0) {
    if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
      ({ module_or_path } = module_or_path);
    } else {
      console.warn("using deprecated parameters for the initialization function; pass a single object instead");
    }
  }
  const imports = __wbg_get_imports();
  if (typeof module_or_path === "string" || typeof Request === "function" && module_or_path instanceof Request || typeof URL === "function" && module_or_path instanceof URL) {
    module_or_path = fetch(module_or_path);
  }
  const { instance, module } = await __wbg_load(await module_or_path, imports);
  return __wbg_finalize_init(instance, module);
}

// pkg/inline.js
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
  0,
  /* unused */
  0,
  0,
  /* impossible */
  0
]);
var fdeb = new u8([
  0,
  0,
  0,
  0,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  4,
  5,
  5,
  6,
  6,
  7,
  7,
  8,
  8,
  9,
  9,
  10,
  10,
  11,
  11,
  12,
  12,
  13,
  13,
  /* unused */
  0,
  0
]);
var clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
var freb = function(eb, start) {
  var b = new u16(31);
  for (var i2 = 0; i2 < 31; ++i2) {
    b[i2] = start += 1 << eb[i2 - 1];
  }
  var r = new i32(b[30]);
  for (var i2 = 1; i2 < 30; ++i2) {
    for (var j = b[i2]; j < b[i2 + 1]; ++j) {
      r[j] = j - b[i2] << 5 | i2;
    }
  }
  return { b, r };
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (i = 0; i < 32768; ++i) {
  x = (i & 43690) >> 1 | (i & 21845) << 1;
  x = (x & 52428) >> 2 | (x & 13107) << 2;
  x = (x & 61680) >> 4 | (x & 3855) << 4;
  rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var x;
var i;
var hMap = (function(cd, mb, r) {
  var s = cd.length;
  var i2 = 0;
  var l = new u16(mb);
  for (; i2 < s; ++i2) {
    if (cd[i2])
      ++l[cd[i2] - 1];
  }
  var le = new u16(mb);
  for (i2 = 1; i2 < mb; ++i2) {
    le[i2] = le[i2 - 1] + l[i2 - 1] << 1;
  }
  var co;
  if (r) {
    co = new u16(1 << mb);
    var rvb = 15 - mb;
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        var sv = i2 << 4 | cd[i2];
        var r_1 = mb - cd[i2];
        var v = le[cd[i2] - 1]++ << r_1;
        for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
          co[rev[v] >> rvb] = sv;
        }
      }
    }
  } else {
    co = new u16(s);
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        co[i2] = rev[le[cd[i2] - 1]++] >> 15 - cd[i2];
      }
    }
  }
  return co;
});
var flt = new u8(288);
for (i = 0; i < 144; ++i)
  flt[i] = 8;
var i;
for (i = 144; i < 256; ++i)
  flt[i] = 9;
var i;
for (i = 256; i < 280; ++i)
  flt[i] = 7;
var i;
for (i = 280; i < 288; ++i)
  flt[i] = 8;
var i;
var fdt = new u8(32);
for (i = 0; i < 32; ++i)
  fdt[i] = 5;
var i;
var flrm = /* @__PURE__ */ hMap(flt, 9, 1);
var fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
var max = function(a) {
  var m = a[0];
  for (var i2 = 1; i2 < a.length; ++i2) {
    if (a[i2] > m)
      m = a[i2];
  }
  return m;
};
var bits = function(d, p, m) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
};
var shft = function(p) {
  return (p + 7) / 8 | 0;
};
var slc = function(v, s, e) {
  if (s == null || s < 0)
    s = 0;
  if (e == null || e > v.length)
    e = v.length;
  return new u8(v.subarray(s, e));
};
var ec = [
  "unexpected EOF",
  "invalid block type",
  "invalid length/literal",
  "invalid distance",
  "stream finished",
  "no stream handler",
  ,
  // determined by compression function
  "no callback",
  "invalid UTF-8 data",
  "extra field too long",
  "date not in range 1980-2099",
  "filename too long",
  "stream finishing",
  "invalid zip data"
  // determined by unknown compression method
];
var err = function(ind, msg, nt) {
  var e = new Error(msg || ec[ind]);
  e.code = ind;
  if (Error.captureStackTrace)
    Error.captureStackTrace(e, err);
  if (!nt)
    throw e;
  return e;
};
var inflt = function(dat, st, buf, dict) {
  var sl = dat.length, dl = dict ? dict.length : 0;
  if (!sl || st.f && !st.l)
    return buf || new u8(0);
  var noBuf = !buf;
  var resize = noBuf || st.i != 2;
  var noSt = st.i;
  if (noBuf)
    buf = new u8(sl * 3);
  var cbuf = function(l2) {
    var bl = buf.length;
    if (l2 > bl) {
      var nbuf = new u8(Math.max(bl * 2, l2));
      nbuf.set(buf);
      buf = nbuf;
    }
  };
  var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
  var tbts = sl * 8;
  do {
    if (!lm) {
      final = bits(dat, pos, 1);
      var type = bits(dat, pos + 1, 3);
      pos += 3;
      if (!type) {
        var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t = s + l;
        if (t > sl) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + l);
        buf.set(dat.subarray(s, t), bt);
        st.b = bt += l, st.p = pos = t * 8, st.f = final;
        continue;
      } else if (type == 1)
        lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
      else if (type == 2) {
        var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
        var tl = hLit + bits(dat, pos + 5, 31) + 1;
        pos += 14;
        var ldt = new u8(tl);
        var clt = new u8(19);
        for (var i2 = 0; i2 < hcLen; ++i2) {
          clt[clim[i2]] = bits(dat, pos + i2 * 3, 7);
        }
        pos += hcLen * 3;
        var clb = max(clt), clbmsk = (1 << clb) - 1;
        var clm = hMap(clt, clb, 1);
        for (var i2 = 0; i2 < tl; ) {
          var r = clm[bits(dat, pos, clbmsk)];
          pos += r & 15;
          var s = r >> 4;
          if (s < 16) {
            ldt[i2++] = s;
          } else {
            var c = 0, n = 0;
            if (s == 16)
              n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i2 - 1];
            else if (s == 17)
              n = 3 + bits(dat, pos, 7), pos += 3;
            else if (s == 18)
              n = 11 + bits(dat, pos, 127), pos += 7;
            while (n--)
              ldt[i2++] = c;
          }
        }
        var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
        lbt = max(lt);
        dbt = max(dt);
        lm = hMap(lt, lbt, 1);
        dm = hMap(dt, dbt, 1);
      } else
        err(1);
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
    }
    if (resize)
      cbuf(bt + 131072);
    var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
    var lpos = pos;
    for (; ; lpos = pos) {
      var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
      pos += c & 15;
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
      if (!c)
        err(2);
      if (sym < 256)
        buf[bt++] = sym;
      else if (sym == 256) {
        lpos = pos, lm = null;
        break;
      } else {
        var add = sym - 254;
        if (sym > 264) {
          var i2 = sym - 257, b = fleb[i2];
          add = bits(dat, pos, (1 << b) - 1) + fl[i2];
          pos += b;
        }
        var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
        if (!d)
          err(3);
        pos += d & 15;
        var dt = fd[dsym];
        if (dsym > 3) {
          var b = fdeb[dsym];
          dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
        }
        if (pos > tbts) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + 131072);
        var end = bt + add;
        if (bt < dt) {
          var shift = dl - dt, dend = Math.min(dt, end);
          if (shift + bt < 0)
            err(3);
          for (; bt < dend; ++bt)
            buf[bt] = dict[shift + bt];
        }
        for (; bt < end; ++bt)
          buf[bt] = buf[bt - dt];
      }
    }
    st.l = lm, st.p = lpos, st.b = bt, st.f = final;
    if (lm)
      final = 1, st.m = lbt, st.d = dm, st.n = dbt;
  } while (!final);
  return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
var et = /* @__PURE__ */ new u8(0);
function inflateSync(data, opts) {
  return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
}
var td = typeof TextDecoder != "undefined" && /* @__PURE__ */ new TextDecoder();
var tds = 0;
try {
  td.decode(et, { stream: true });
  tds = 1;
} catch (e) {
}
var PACKED = "TJNLbgMxDEMtTX793dHdFii66NYhj9Art351BAvBmDYljkxN2vv3Z7TW4uf60dNuPdz64YnSDoPD/WxzeKqF45iPixfZ0u5XP7Y3u5i/HzU9nDb1aqhq0sek0kJZhjFvSJvC2Qi0bBbq6EwSjB+pKYX6gRDtgFKOwfPeTxI5Z29VNm08+xGDciJJULg/Fb26VMMB4Z5D5An7vvqLK8oqUIwwzUzHxCk6Wjq0Uu8a5YFzrTGwhBGJ+25XmuACUINvXMvaGsaUQ5gkrT32hzBYIWa4KKDIT1LFTVjX56Ll1w5FJSGEdxaB3SNk5eWNNgdqNpVZnOHSTo8e05k3EzXGV8CudN1Lb4sxAwedXJo1tv9CEeUwk1hqoxWK0S8DONHdoDtD4qMlGzfGmihbSfyPRv4yWhZeripJGP+opoUbH7nu7q6rz911nSWkM8MOgSx0rhx7b931+B5Z/yfW3d3d3d2tCTMhs/5BkF8VVZXqSg6vclj96LEwzbTfXTj6tHyX71/qRklvQSe+/egsCv3jq3UCR1Y9sm3qkSiJjK8vG50lme77JujGGo1V7vsK9wV/6iGzmKWX/NPh+fO9893+ybOn+70L508D7E/qD4oty2WSc+YSETDrulK6IOk4RGBwnGKHUphSg6wYxnIgneLoQJDrkGBEsoxaCADBY64gRStB1HhfLSqRgsc5Rykmx0d21D02P2/DQRADKx/lcKAYjgOs2IgDzApW5YE5IIAVB2klqLCfWC/ssfhswEZnwybWgHQ2ASAmG3wzkxKFr8BYVKYStiJBAmTleYLTWBsdR5QiwZ1/IyE8z+NWQtg7XuNjL7ICCJVmCVNyXDSYImo4O0HkrPGIXKUEgRi3yQVnJ0/R2mLbhJa3i3bTWpym3XvOoCXO1veek650AYK73GlijIGtyHUZ27fcJCqSFKv7b4XKVJH/X1glBVfa0oV7ngliVFwJQagBrEGQ5BA5DXI4CYsZ52rnhUdskVZtC/iyrElAuPOe8Iik581LTuTyWp34IzkJsiFdwS0AtwZO++kAf9QBT0AAbcuAuvSo7tmFsIRxUd9fq9VrJIgDIC6kKzm3Vm4DM4axHk1EEMXBbnSwcwiAO8eJHjP32Lmrrp675tqt4jCu23b4+hv20bZtuPGmTme2M9dxbiZOdRAx95Zbb/NoCwrR7eDMdT0PEGCMz7uyzerUFt4ddQFBdZdbioME4nfOe/ar2Wq9Gu6au3sOjFwmuGRyHa0DA1MEAidqcxpLKDvA69Z5u9Dacw9aUOre+5RSaNH99vDAg4+zrIXiUH/8E55IT3JrT35Kfa//1I0B3+zCerIOR6fDXRKi3VZgEMxdv74bEh3qbd2+Y8f2HduZnKVZgAviYuss2sVAQziCiBHGchUIDMT5Fkc0HLL7Wt1vlP0DsIDZDYuuR0PngQdSPFtx5qAjNrCHnKsffvgdqD2Eq7/x3XePz5/5oT3Lv3jXiYEepNkVwmz59xamicmC0Pj9TGu8kGZKPAjCxSjRJX0RtUs6DEKdlezFxINuOjJ4JcluEC6l/T5ew+rdURSbm5M7goHO8UbmhUGSJlEYxHgza01u7tFhmvXwVtacQsP4Ct5uyUpBZfh3sXUVCcN0lJh79NNHOjd4D2tPTMt58T42M2Hhog6XrglyjQ+w+dX03mAwjHWOD7HGxBCnQQ8fYXMTkOmgd3WZEh9jrQnP01EWanxiqjKTjXKje3dm0UKU5PgU60xMF4M46gVG4zNTIS4Fkbk9x2eZjJLr0lHX4NPSi/J7tTGx7uEzUsVpbu4NLmp8QTZXFiNI8ks6w5dkbULyJXxFzk5WK8pys9zcr1U4ShZ1FpkHbVJ8Xc5NcH5tkIQ6jqNkAd+QnYrfo/ujPIjxzWln2zN9c2J0YvDtyrkq+jurnEfdQWRMEfm7cqbi9+lsECU29PeqEHGQmxuCUWzwgymYpktX943O8KMKDoIrZWD8WDZW4HCxWOKfytkJSOP4vmigi/H5mWxNcKaHQabxi1XoYqQv4VdVj7Oye7+RrYrEusjw2yplNh7W31cps3Ikr4nTLv44HSwfDTT+LOsrJDd6iL9WHbkUmUVb5636Cv4u5SDKTbCk8UylEn3Z3GW/CJ6lpHUIUxvnOapV/gIXddy7PzFRjOeqNcsojXt4nvLKu0RfwvNVo7yxVejMTtILlBwXfmcfL1Jr8mFsZzC6fPY0vqHWjJJyuHQPP1TeKMm0LdDe/Fi1/OKXmBl/MUh6sc6YM+/bicpNMTu+KdfTzj6j+epVqXq1yh2nM8UHQRynIV5KM1Mw0yV9GbUqWv7NvIQ2+P/8nub3lv2fQWunjb0sHfp5HIUaf3faU5FsrZn5BytVESbJzUMly1VdM6752su866p/mS9/mBTmXMLMULNhOIaZmS9h5uQWZmZmZsblXckeCt0y0JafBU/ycwN2nI8IjG6rcjF+gEW549PY8TPO+gVhQT4/Pws789Z8fAnvwXnXI2eL0P6EC/AVfAt39F/h23S63X2n9+kGfN2+j+dke+6y2w14B96Gt+Mv9AN9QV/Rj/QTfUnf08/0DX1H39JvdH7rD7qw9Ttd1PqV7mydZvfY+TS77Wl2R/82vUfv0Lu0165nmxJHdF77wpD5xaqIRwWcaorayPf30f7g9exaIZohmjALIKD/A9suqLGg15iP7jqD2VH/Aw7dtZkIjFVmJGCqgZokinF9iUfdAp/93UPAVne2zqeasraDLHRhIMamIgnDWdDJR2OqyV8tFHcM0YkCSTmSVXNVEJNIisqW6MT3a/U1ydcIdVwF2sGEfAVjZYEVDAg4f9FDYg0VAKeZYkUzMqhru1nBFGqtYHwgAXwjhWQ/1Xh+6YVHgKM9VKrF7Fru8kV91KpMGERWfHp/f8m5ypzkC81ECJnbFI3Oycc5Kak0FCvly4D8yVkPA3fwt7poidH8R0QkQdnwGH8jVomcBJNzEONlJuUAe0d3JaLVKnNTFaVSpZn1VRSIz3jy4RhU1Dgmds8Y5JdxM9mWspXBzdQILoXe1ARMjMBEAUICxkZgpAAjBcjiaMUomjhJfv/mByGN85SsysSamwYxtJevLGlSBK7sa2IxupMIWz2aIm1XUsZTfulEuQ70HxdmLZGLCKxgu0EXmLVoLYbK6ioUrGrOyBUS21WgKK0TyzcB9cz/YANNNWPr1npdWbAqvQiMrAvRa53NgmePW6fO1+sCp/DQGiVZHwOFfFAGfdWtEyo5/wbrR8d3v37oGFoBVEoZtw+WdCesswoMi1t7RM926MCMQo1zyag6opCvAoM0DawC/q9eRrxcaDF2VyYUSh17aKzfhaWoYkCANDuQJbp/GmMC/Te26hArCrWj7fhBOfenZeAG9dwSxKvyN6E7DZH0aj6E7tpOBHOUKkeGNVqfb6AtbFyEDkNpnEpqA4Gs5K5FAtKfXvH9KMjQJmT+PrFkyOpqIz25A3XzF2R6ID2ur2NRDP3RxXquyoOV4so0d1NAEtrY6gQZBYhtuvXJxxwNQ1B5g5vU7/e9/Ysj9XmNSl3Gd5GeDGrT32IUZ4xWBrumAfgB2jSMjP5rqSmhVaZLWUkiBn1cUi2VyuLXkIxD/hOdxZ0AsTvxSyKdCP9e4Kv/qMD5iPnA56Vvlkf2pId4TyZkm4zhkfOqQjFb5aQJC5V4SiZLPqBoEk+W2GKwjf8UJSBv6lag5cxbBXgcR5buquqe7pnukVoyjS0lqe6lcLQBy2HXXCxHn+IwHjPM+EA6feHE8lnn1XJomfmDZWZmZobw8d0y7/re/173dI/k4KFBXfjqUb169V7pCNOZNqnlUjptIilF04YQJ/PBNjyO36+UAlaf9QoL6Ty2Od0lHEnTelJvl79ibFV/RCuSGpucw2lRgph+OaTKJPGLDR6k92MN3YJRqg37UjUswo8EwxSGpeWwo2jYj6PBsJSPABoWWwb8SGGBPkJPTmMpwhqcvUFIsDUKoooCtHz0J++nxpQaX0iNjWmxmXwEsKVPP072xr33g7RBp6nhsJ67nWa4n1JDekvgFctHg+U9AWux+tTw6gVEtz79EVS+4sm6csI0HUnWcwfUfGZgOXMP8hXzomgnkoqpwspYtiExVG4nzVN7YM93YxydNcVswlyqsLxTvdxYL/2k2sHzFOb9BhTFLGI4zDeZDauAkhhsNjOyzdtKZMaQIoKfAIYBjNOBs3HJbl7U5AFb3YTGEAa+SzDHJ5BsPhjebwkGAWb/LmZrzNa8zzODj4+9xH4FI6aBGO9+tukK0BSg+dak/6KAnMJCzF+ilpHTAH/20BkvIBykf/VOH+tic6Q/EJ0DwgSU0Iq3MuWGnRXZoh9R2t9jbrQawjDAiT0y3c98tMG+iqcFS2oWe0cYL2/C8paV8Jo8Ot+/sesFtNui/bbZ9Wx0w8pyRrXumfvi/V3vQqJS03gWYqefKYMlUiLZwavRMYTTyxrAGzJtENzz6ViEDgZ0rtInpD08yoJxryVPKX0yNNR3yr23rG3y+FgA9SCRhBs4Fe+IW54lzqh0v46bKK5H6U1GxeDfdz22TAXZhmwEOPlMw+zIm2kuBzZ3Ws3Hefou+qLk5y14JkZsWQzfRLnnmh7r8m1ED4+3xAdiIFGsjlO3GNvYxZbNHKE70yyMkHZY4sOgnQiT4PeL3eOlV1Db9r4NYOGM+6rXsz76Cqx+P0v0HhQuzyMCSYXfJvVI36OziASdtW1sWwxUoES2nb6ZWItdhpPNB54BEQyHSZQ5tEkP3SHB8eivu2lfcTqXBAF6QOT4q8lpsJlwXmWoQVACozxMEvM4JwUXou4molhv0rdoQaNCsTLYNPC7bPW+ZlSLfYJKbDvYFNykmN3pe+VkKRF8iraBIBgMIegTgokJBBmo3YoSHN0yCoLnIw+K/RchBkcU2zB96wDnADgHBd9kFBTpJi2KFKWPAF4XiyKx7WfJpe+mrzh/za36cimn0KuLC5b7JXEs4KwxRJfo0cWiRxCB0DTVuw+KTjuIgn20VKsCx/OzWNTq7DwUtTonKVy6grtRFkLBElKvpqwGyNCe9E0lJ0oFK0Vq4x5Lda1mGfGx4sHNUK5k3kBe2PZ8rdPiEoivlJPz+MISyDu0apRqoaEWcuMIGN5OGJ8unV6XyzF5tny2DY59J1c1WYRM4zlUps9p5T3G53uJ9bHBQR8xfQICEkxytVWfbzUfGZh9FpWpabsAObGY4dOMKQDEDE+uPD5m0FCLdrnjKD6wac+yAsOKy7XmaKcKI557dMawVQeElOAARVU0+hBNZoa9SzlS+HAinb1HsWHVhWtr4nuV0mIKhXl7CkbsYOsM71rFQkzBKyu19VJLSz4YYZMBm7AgTVVxZtAt9BrQiA9wxw6Rc4DPb/FIjgANU+UxRn3wO7ZPm8ultG3anC+lqWkDMcJ6eHxff47G1D/Gjz9PX8tWQ0AeSR+xHUugUy6sCmSKcLWQ6QmZxESQqYRMrq2XWmqVCE+DTO7pyLnugUyNbpDJPZPySawCCkfBVfk/xeDIEoO9Sqnq0s4cIuY9T2t2ihL2qwpPaT25Lr2cwhf+tC52XSKyp7YVNU1Iwi00dlpH0n0T5CyNh0/rFNQULslW9p4FhQvrjgvL3ychEg6sv4yB6DevX6nvCfisKPx8kkpPEAmLC3OR8guQikEqAflcUUy2G4J/bhioTyDYdbtJE1iNU2B3L/2aaI0SmPcobfboGwns9l4Z4LC5Ie+Co0h9YgV8ovQl4owyV7xpI5wSrxmur9XpC2gkz22Ts/LxwmK5z5YlUehH5sG03lbYDJkJM5C+SFuefngO8yNjbd7AJUfBIkX0aUBAxgZdu/KKXIGWzMemAK3uSboXwFqr6u6mJEa1vU9kflBT/ENo00ybLmlDowTVxCIIH8HFTCTC2iqeM7caI5411Q2fcoo9ZXcTHAdhLaxwJJqJcw2IADfM9K3GsTYr4TBPnG2O1qHjSRrOioA5GBPZx8dNlN0Xq/koZhOrF3s4R/ngbDBgRqhhDYc1chwPQM2Gsls84Wkg4TxflNCtABHoVcVMUzEzPkOZSgGtV3LTK7kJPkEjXyrKwTAATkJsD3F6snq6XCGc76bSO3RVi4Zqfq1Gf4f6kqqG6/lQ3/qhvsNRGylrt3urgN5eTRwCE5XIOM/5WBAjZ4hqOc/Jl3PmyjxIbzJi0HySJtRkZgFChdGTuwf2XhlnIH1AOLXAhsGkP9Hx27UalaspgkYS6tFYEkEHHwcoNuYB+mPmcwMtmJvIEj40OcrbNPD0k53FbYzcaNH2vFUCkQuZKOeYbfINEQrVom82KpAwM8bHy9MsJJDhDoI6yvRoLNCmINXgxjYDzS0t5XporsSsQHcA23cFwnUxTQHISWgolY7Q67HxOUYXsrNdXF4JFRpCn5hUlD4p9vuYdFYxlabob4ROXy7p164KB/lgnceS/cfC8/Px8SXUxqGhoAoNBQLRr4eGgvsKDY3GPH+L9dMXGC/+qlZRFVEQLQjkwkyMzhpijb7D0cR62JtW9RGKbWYhDWta6p7PfCrCCfTb3qpQf+jo21YC7bs3U7hD16BRD99F5ZqOMVmEKTw1cp/9DK/uD8LzVfTfF3MRPfTov7qP6H8Gb0BSEZkXl6YwwGUikJsxkGI67lrDlcYgGdCIb1T+UDIAUwSR0mtDq1gz0XSVPqXch2Afx04oApMHKMlmpGoPR04pWeJKQZ14d+m55dl8GB/IQJVQh+FMP0ILkSvABMYH6V9Gf6fsf0zZX8WGX+sPBrv15bhHrx13QjUsKYfZNct9Fsvd7pUDjiMHSYhXon5rJnxN8HvgdevDJtlG7RJPwRoJX0hQpBc7Jb5gIv6d6hM+f5VpU8ZiJEoGTBVjqgCSkeRV021xBPBeenxZODE+cw3MqbUgIQsS7VqIUyWgx8ZnPShA7zs4oPJQ2syXu/T9igYT4CJwjqPzEq8Ig8kBDljLmsFYTeNzVVxDxNvw+8j0mfkdNGWB9dIj8xILL2sH8qFUrUFb3Z1TFauJu8uhIedLotH5tO7jdPxn9TNZPErx1pkNjhNZizknoXZN5Dq9jLdTmYSEYcNeYtvGpcwIDmX4rfQzl5VSNaOrORKWqzlQLbPN2rVVsToKcxO5soqxUISFGWAh5tWUWHCpZL9XMsQIFn9CSHCw0zubFlaZcnCGNdqU8NEpa4gvbJRILnGu5J4OWTqWjshV3COTEZrU1JPToGD7ztV5SZcUKclPIgHZdl/DJ8C+cd+WIoeVN69KSc4BWwmfMrZmoC0Gxl20afXBU7lsmmMKTjFbLiBYxREGkLKN9SzTRoX0UjEGsoREiwdm0PSGFqE6DrgNHuel/MK5Scfgr3F+q7qWI7/1A+RGBHrDFuktOqdmc0M5LqdRSWdRNM5HZcmfnYjzMH1idb2H8126vsqdOe+W9iywZ9i4MvMFAEvPnOIp9mbfqxZO8Yp0WXIlh2lkFg8nn2hXOV5jvEwL3O3lNOkz0qe5T+bLSOXGr3R/w2NVjDqVYsuxMrCG+NCSwPufUXFFl/TnfqYr+u+P+obIx+/PMXt92ygERJoSM1uEIwB0Xp0pgTDF1JgSCM5mNVNCa+qsFKbIeF3xMqyYIn2m4lv4wEwR5AumXCQmVrbng2MEnSCmrlC9dCUodFBgpgh1//Jf3sfnDqXF4xOUYo0U/YFKw0TetyIDSLvMRv5YU+1iglDtERac6Rd7xZqHvleGl/gJlqCXNHULActXRQCeEWDLl/YNUNi7SgCgSE955eV7KPhQtVdj/UH04IKHw/2b74f78ckavxRQ0SHZmCKxivAImD9wmw0QL3BZX3DD/YpeNLjIJenLTXzh6mQbu1iWp0sA+lWc97PL00ZczajWkrrXvKp4HeGWPvN+L70poEhUR4/uiW4son4hQqb4C/+Sw6U41htFUkSRnuK9QtOdvlMc5Ibz3PJ/vK9IwjSP8e66tesO8Mzmq7qUAmq8qmv3L2cbSApdP9tgfWyRfk7zqNA4byJvEAy/TyBhG5rnTdhgIm87fWU+7szufIw4jsVt291OF7VwPm/RZnYe1X9/vs93rAZyKkDZAPHqLymoHYWjD0fJ0jII8DeRVHQ//DfC+BnKhsikEAVklCiJkif4/HE+4pb/XfoDENt4LIjKN3QPqAvaysYuWMwjpxbQq8rejdyrt9jIae7RZc+mqsdwjyl7OlWPzz1+2bO56gm4Jyh7tlQ9De5plD0TRQ8aw7JxkhovbBsaHS5AXCGyWi3iLvHWjjEvPii8AItn2wYcmMxG8elkIyTwFkXwwWRi+bgL551e7COphIQTOG4j5nAqDDa9PLYjdtTd/W91BrJW5CnpxUxb24RgENi8WfFQBozzALPFNiseSs+6QU/FQ+lplj0habpj9FP8WO8+CBk+W6GSZCzgyIZEw/pFm7otiwt2nRuhn00XLS7kTdrOvyTqoqupoXO1O7CXagtb9Z/jvHL/6BFo90UA/J5vE9y/EjysQXIjwieyMeczYmIMmOxhpsLNPgFf+70slbTmOA0YcR7rraL/LTwhKrXXjtvAJohD8W15FJGEaLDdDPEXMTFsQtojmaoSTTCuJFU1xzGSFq2LTddV2HbjcdfQtktt0iemk7/cHrPhMd5fgA/0/XOwAoWeG5FCnxkSELzGbteZX2w37QiFZODnw4bjIjrWIyojt3TjPKmno8OrKFrfju2SHR1QfWYij7gAeqJX2bg0BesCGyPfeCUdf+W9YUxiKAGtXiXPGiUpSz/3MDGlaTBDa5vF8uQB1IFGiO0ppxdjWs4HJpxTHLURi1GkS5zBue0RpY0eqX0LfZTSymJwl+NUL/23wsiV+suhP6eLIwXL2AZWXaYDJRmJ2U7Ux0gvj5QxCWkKXnCI9bkcP37b3V1p7cWiteeT1m7snrjfbuiesn8532g3dY+l7ybb6R6+f9lu7uZU69gt3Un6brYT3Y3UOtlNqbahu/Rrs4+G0Vzo975uR4pLPx3dB1QxPVopGghgZ0XGLdMih6/wbFp728ryMp0e1V5ouB/KXqD6R7me2IR4d5uYTUdeLDZplEeF6RQrlPgxlBMJHzDzNjATykoKAKaQftA4xqurIbIQ7sGYnIwQubjsiU13ImUbxa4p6zTzqG6EPdeS9lbZvqloj6U9Lts7RXsi7UnZvrlob0t7u2zfUrSPSPtI2T5RtI9K+2jZPintNqQAu0j5bPw4py7ls0TK2//fSTlPh+S8recSN85ifmkh5lTITSsx8wnkxqR9bFgs2o1L+/iwWLRbJ+3rhsWi3XppXz8sFu02SPuGYbFot1HaNw6LRbtN0r5pWCzwzaeKzbcNP06ri+VEEcvU/yex1ATiOsDPHd5z467DQnlj5bJ0hgVi3GZhwOZhgRi3Rdq3DAvEuAlpnxgWiHGT0j45LBDjDpH2Q4YFYtyh0n7osECMO0zaDxsWiCGCbCGQw/Hj6LpAHikCsf9PBWJjHBk41Sy8glF8Rm1TvILaGcDHwgKbu2hwWgQPOMJ/wBEmdh5ZU+3eWNrWasYGDFCrGnD6SDb8ZqWC6qrF1x5J+7vHSGDYx0MUNWY8uv0ULyHcXp3+NRxzmEeq8RXbyHM6jKQrn8MFAW0YlOQB8vNB3w4C7J7EirAKZsA4F2GdRrxVXszpRXE7csMBRp8DjPymh8Nwksnc2R480/vDQVRJEj4erkc01vpIfT8ukGxMIPGf1Ho8QGrRIC4IT6BTxcaALyL4vlzL7oyHnrF6cIPv769VI4drVfwxgVK+OsifJn6E/Ljqm95MO+B8wjxCDsHcfLtBBTvbjlH3ZtutpEmypASqQtzsm7d7pyovCetN/6jQ1Kg33c1NQb3pm9zk15veyk0Gyy9pSo/4tb5P8zo6xhMLiv9rsPwUb4Q+1JFwlnl9+dR8lKv+ldVb9HXcEtVaxrklqbWMcUtaa0mprhb+DNdBLY/I/F4euF/Qwh5nQNyPuOhDWUh9e8Q+1PEYSiXTVDLuV568hFcV2PUYcJxaf6oXJcxrvlrylb6tayR/ECTDqSfoxKhSohgIfUchmm0rKvz6wAFvPtfu1c+LZxCaR9Xd/qnWzAJBf/53W2j87lfivvubuYUFTPwulb+1e45hJH33vMU5NH/25VS+llv/blvf/ezei2n4QjvA7H3bZtuwFcJGPJ+NnCf7w2mkun1stK/9fTdv8MUEta9STcvzmWiOLGxAOyckND/p4f5umCKkT+eImc/Vcn9oQLbk8O5/vyfZeutzr7v7Ce8Xy4Il+ZdzgMVMO4SyFq/16GaPlFR9Iaonai3Wehjv1x1wNbxfS7UKbzUA900CB5TqeH9RDeH9pKUKb+596HjLQjArEvSTNGJD8JZJHH862rt9bzcPnXcuLmyyZuB+ahhxd8deQgTLhQ7KQLeqDCtqQc79EFjxqw9akQwWxdvbjMrfwhACijBOUp6EwdrV37uydvWXaln9fSsPeXU1WB1QmB0NSZIWEX28naWtsFcMO3Z/R3b/xuHdv3nN7j9kze6fXLP7J9bs/i3Du3/jQ9r9G6vdf9jw7j9Udv+htPtj14pP8dqw/ad4iTWS/L5JKY4eea5JUN2mXUUi5AW0762+knhCLHEejh8JD/LYiLBk1k+JBCyCHeSV4upO446ZybDjULzdQ1mjfEARVu98cpfqql53et6pKzPeN2o+3ioRW+Xe5/Xd7827Vo/fvPNjudaccO5kpH+KzBaFYpFl+bDSDQk/SsRwcHjyMYhPhNieKXYT8Fb82DYPaboEK/30SxGV1td/cQFswENVU7zPE9UB66NXZKYebpWCNXiIp2OEaTtIpBMOxu1F10ybo8DRGYy4oSmode3KGToqU9fx55U80X6hEjKAjrwJ8MrcbEPitmERSiGEZtoKrAA1koy3ikiRuDHFVBCO1pjZQlbjA5RiepJCTBpyBQBaIo9pRYCRx3GkfnTbyYzFtd4HM+Ab2KZt0fv8HURQOLMAaiJ+EhKVvx0VMmdiF4IzmiBK5uqyQseATJF8pK3tytwQmb8JYE2L7yy0TeLsmhFHOSHeycsgSbiztsTPxu9KFYKWKCgqk6ybPtwy7rRW9/HQxqAiT0P7PWQPrZmdyDS+52WG8EdODabH+kX2ldpqc8RAmRrIOC+yrGpNpu0+cDt6FW5T//24TT1c3Navwq3z349b54FxexS1pseKmtSyIFeMDj2r/COlGUfJXggt8JxlhhG8ORuzBU2JrGtND8h46PDqHXEumDhVS5fvVyoqUiRmaP8FbESUDWYKcoUWuGwNmsh4ye/uABuyXTABmB/i4xOns0gijMpqdGsbWhpHm85GfKFAPJDhQstfp1RYPfOWnIZYNJ+5iphvYQqMmALNz8uxw/+Tvb8BsOOozkXRrurfvXvvmZY0ssceGXc3AkQQWASBhOwE98S/sR0rOT48J+G963sf9x6fkU+Orfhyfe4xaADZCCJgAAUEODCAiEWQQQQRBDhhAJEIIkAhIiiJCQIEiMQJSuIkOonAb33fql2750e24XDev8faVV1dXT+rVq1atWrVWqVhdKomiC303FMEN1UZgusrJpJOXCEaHHGxL4JOVpta6RClrRsEZgmqZ4XqqXo1tV09flnXTjQP7VK6a0GpUBaP5t6XlBHGcagZxgOXeQOev8uYTvvqD6AYIyiUHvaqVMcqmzdWHTdWHYxVUoV+rAiSFobpsRvk5kkxk6jSudM4j4u5WGLIKDAKK/JUsiAA1tJKf0D/Ehv7A7BFKxABEAlSxvIVh0VBoLcxdyY4IAsmRXYYIJbV6SS09UZfiFFI74duk78QKGVALOgqzv/FmKi1TaNyajy8yZcNbvjExWuN3uuJpN1O0RXrGRtoVQs0UsSUJ1VMdsq2EQECJVvsIsOm0OI463l3I/L3eYXpsoytUvaLIHAKpsBcq80qBrd+LZtFcOuttEBxTBXtLPjBliILIeZ4l9+1Jm5PDPYclY0TAC0QcB2RCQYFwuJ17Nq6OvR47rhsDxJFCyrosuVQzNRB4816p3+MJw+Sc5UuPDx0I3uU8bfBEBEIgPS5G2aJXZEqRTdrOaGtYxzwGRLI/BNm7ZNf24oW9/mZqUrjTjOnPUGHV7tbEzTG54qfD8Vgu3l7uEmG0zPBap//o51/J77JFsK/sVi/rWLhTnZz/MeAP+KrNOjpaPCaSqlK4YUmZe7eyZrBePEKh9F7J1QnN3qPgx9li1q15LhZHbe1btzWokNWP40Wd4jjhrS1aJVquuNaLmOroC7v2D/OdRzLa0yP9fFhIQ2cT2eh1N2+UPArj0tiM0df2jdTvxQ/AVL7yufZ85WQnbCDJWe7lSMrCR+ULVkB9JJwBXZPkj6Gmrlq8/bMLhTE+41kR6qMENMVa3XVRbBeV0NDDX+JU1jlZpfSgk7xFluHnLdYgvYaCQUf96BjB6HAjhP04nXYwCWSbNU+wn1Ws88ilMaBW9yN2LRsmL5xDxUCdtup4j6K7w5y3B4Uoo5wmiMmenM5wh226mFdBHOEqpoPiUWHJsXt1IDPB/GcDZ/n8BwPnz+L53z4vOuT878/uuD743ju8tle/uP+saT9f+RaIoPBhE8gIWolfOsNLqF/IZ+/tnvwfAGfP/fZQV/G+fwF5Gdbz+fzB/9Qnpfh+Tw+f9O3fSWf3473Y3ge4/PDHhYr+PwGvGf5y/n8Lx4Wy/j8qH8u+Pyqz8lzB8+jfJ7xzyN8/gO0l+VbPr8V7wnrPp9n/XOPz/fjucBzzueP+ucun/8W5bE/HT7/Ed6zvRmf3+zbn+rY++eEz6/Dc4jnmM9H8L3Fc8TnL+K5PSBf9gl9odV+Rgw+3GX7FxNzwSF2oRRf4jTXTBV7U6E/fxr1Lla6UIbYwWIRwYJ8oS7b6+tOc49C9GIk4v69S5AMnWKEN22g53yRn1wxqVfzlOJfI72WkxV7OFvKQb4TZkpzrS5WaNtKuSiBFYkcF0kjk+VDPNMASMRXNA7SUC1YAlCgOi+ztYFczrmmX4FjwL3hWGlsXMpqcv7gfuX5VLJoNm0BC9b8k7muTCAj+KNAE/7V3Ihtaa/MtW5tZ/G/oc7dts48zSsJpfvkIpTmLdB6CYp/NZCbFf0n6ad1jMdlxatC3NeF5CVuAkRvmBBlKJRxyoD7xrtrdZd90lT9MqO4D73AwoXDeegbeGFOFQ+u+6YIUi4zak7nFNl+tq7V4Iuwcsza6gKlb8eshBdssMct+4kRu+D+8gJchWou0THLdMwU3llNFoijWzrBxp5UaWDdd5Vo8+dMlSpZrDJPALsYvRhF4PoGfiKwysVuq6ld8t8IcP8N4Sq8MEtmN41UwUv5ZwTY2Fk8whuRLXSxDk8CXsYtSrYoQpO5ChxkFmrcNBHMVIQBsca1P4GgPybnDkZnBFYh7JS+rBOEh8TWUoQvMLqHbZ8jecTWozdIFEo9uE0WYxuL5UWyc3kRmLCVx6wsK3Maf8RMoT2i03EvlhdCGMuLoACXFQ7VGhkofdpuvRip9+R8eNdlQeN2+6tcy+QlKkOUV+2kLsKJU3dF2eXgIqAphW7xlxbwB8CbVXKJiz2bJfsSAod2W3dtDiwUUqTADbyZwRaAPeqWmYpZ9A6pVtS8Ec1Gm4kbZSL94Y0M7Wk+v6u9i/LF9Kp4F4jVTISXaroKnIrW4TI1H3ojNKKL3057FzKTqWD56DXKmhy05bgaztqlCTMOFsWxCPm1KKY43viCXNc30PME5JVff1v4x4cspxvbjDzS3+OyM9EjLh3jYsbU2AsfAmSbiML8EApNPeN65/K92VACEmHiUGkkUnrDi3YiS8nkdBnKUzdM8Eba9wimW3UHflvdd1eHIHvYgdb0nydownkOngSZpbUDhHu6tBhIgAlDWh2hmRmbSXCSkQmBCw5NpHnKAA0bFUmjooliZ+g4HlkGU5AoJzsMkSdka9ImUsMIuZZcjbpPMloxkPMKN/GaQFtIBcy5YAPmRCjSbJC38yRLXxrcb2btFk9dRpzMAjNcSpOqzvyxyPHJ08vD2cHD8uL30qovzVr+PHvU6q2jIw5Oh62VYsvzrusHEoRlJH/Lp4qPysDh6bqJG+WFzv6RMi5WXdkPc6rPuT7FuLzWVzrYBIOm1dx6ACSAKEpNp/RCsHzbk2+5cdWbZQ4B3xxKSbXgwB3yBeoOm7vuKG7CKmxzBbxOxOKGclQmzE+XvPuXYn2ILtROcWYvUyYWg+uZ130iK/3U+1vMay9GL/bKEtPXLqTYZXPd5XcC022Dbhf3kBBHcRnnmlacRaGhIzm8Yyi6qTHGr0fw9DBIznDXCDo8wvUpL94qdFabL8jOOw+pNo9D16woVgymfch5d1nxO8qgK0KHRGi2sPmzD7I/0+yPBxBX5LILKXKpFEGMNYw1v3FESl8OPgN5DhiSAk6GfUK89rs4CNmDjCslO8RLAiCGolZDighB4gVXKr4V94R+HsuFoHweVQGhejaoB7fN5KoGS9ItFHUoZ/VimXjv/SPH61EWmGDXA9q7F8mZJpth8nc/5DhF6ARYqkwsoIC/hb5OCAWU6ps3oUWcXowpxYMFs9tBRIeUdTatKMDSpYrsJIaTSVy1yHISxQj+KvFMVkY9QezHQhSNLVgHtFDH6xhg2NqhlbovI3WJ5++7lBg+ob0XGk4yUnd0r6VdCB316vCeOy+evi2sw+HO1OF0PKW75wSzMHHaqdRefIOHF2OEF3HjsCx7dypNvb23Km9mXMY2CPXaduu7EJknHI60sr43VVRxBNVxTxdgGrvFVl65xTa8vXk93gOZnlg54+cq53UsZ/yJlnP+ucp5Lcs5X0Quugzj/NOv1jR48sEUfNEeW0NwA27gjq0qlhQG7oLNiKJYoBzy3S/nia/goF8SvNdeaqYt7Th9gFMf6OfJ24rm5b/hmKTF054FyMeXBi/Vcl8h5YKMCdd8N4eO3bgAXdipXVg4dw5i7hSYO8v9K7e5az6Hd53mMALjaMs7096yYcb7NeOXNeMrPzM/Y+Ezuu1k8/LPMsBy19hhxlGf0e1Dmx3ImDUPfXB+xhGf0W1o3av3pb3+8NWrFrzq+Vdumzx8lQ9f/cuCV90cxKk9l92mHNNZCRqZ6asR44lC3uw41xzZ0aZFz+O84lQZeaKo2TsXar4K76WLsrx0pMEZ2bF2o1XSML/RsWt0honP1jeau4YY8LiTHB1zaHjUKLNyREKVCUoXDrtMh1ymOc2kuJsQd0ndPM/FDh3zHaJZVurW2ua4YwClZvBRfeG1+hPC5fUdA9hzDODN1QiCF8krx+FlZd8xeI4fVH6n7/idEfA7A66uWa1bbaWvmqqtmvatQjX4BOdUwz3QwTYL+Ca386koCelLOgkyGxOhMdPamDLGRzFblIAlSMgSNAEl/FpPHXlwXOhK7ZSRUIk4F2bh3nNgE160KS6meqRoIeuQp9m9hbiF7URzj6f3jHl6H+4XdNrh4nslPu3isxK/S6PEOM6ZUpTeTiODbEkfNkoU3dleqnhwts3ZPmKcUQA0WLFN5cwT5EvY/ANu/dxvtYB9fAa2QZjpMu1xmWaZyUsvMVEiZwnp6GBDoyaPNnPp1fM7Hfk6ZuVsEcShi/ersd+rPmymPCr7JRn4HCsx9iJQv3Ml0mBDqBu7OlNULe5PsenT4a4SHf6h/aJ2k37Zr79sFbIetW72FdzQolJEMxkxRin9nrHKlePgK3FFczML8Kdb5KKwbr5h6pJmN77DD8466cUZnBqBcdedPKygtNvHY9oYWAD8jjS6Q6I9lWnN0P6QmolzIppBZ5XpL1MghcblW2mUIFPpmkDsbbYPMLKXLFyn/uULQsWehHUqXoDWAtmlCGZ2LoL5ShLMbFBKKOblmlf4SYHYjzMpWN7hYYOLdxCo10AgHw9ZBZ4gFzCI9XK/QXciA7f/tjj57+NetDTtq7BxRgs8C8q9HMSccL8CdIgr/jE3R6YZln09Z9ve4jN3WC/11n3Er/NYNmtSGePGAADQ5M/8BUTRfVdcvawW9HX3cdzkSOfTeiWCOjMdFRTQhLqnnl+ToilprM4mkEr8ESO5001zSAynUGeblM45/FE0d3nBeUnn+9YjLFVrNFW3GBCfKWRTPgaVxyIBVPGhVHEHO0+a63uOe6s8mc740AkYI8Uq3akpOxZhB0Y0/SeyU809wNa5QD5/jyJsGSsWpkqfE6HP2la8nY/pH/+ifPsUwfSc00pGpRcxesKorNS3ro5gHyLRqt2RRfOb/LyMpOZc50Vex0DovMwhgNI01VTgFDa4C8rotEQLjd6FszfGbufZG0Z0l5ryIhhgwAsFxGp4+4TF+dolS9zJLX7D+Pu3zjgwXhXnzP+ac+aHPkPED9pn13YbcYyqaF93lu8cxe/JkLsjUj0XCxGPpO84z6RJAcbwPnbWnPAEC0I4oVZc49mzKzqoGETesBNAY1o2Uv9nd8Q4hp+ipqYMFvsJPPfwk7US/cl+WxFHsHdgiaBxB/lRS9nnLzwQ2qoLAAJVA+LiGyGXETUgqUBYdE7sVReo1rPolNguPiW27VNip+hgF58S2+EpMaEX8gTYtYmaDx561kGvbVxCVZS08V7XaPzXoBqn8IwUupocN9CfmGrpM/G+d6N9FD2mIRzzFgS3uDG6XjOubUSXTo/212hKxhTbtmzmShzcSKfuE7p7Y3uAmm36kvPlWtrvnjPSZDtUsXQHzga8ibedqMtkSA1IDI6eRbQ4gu8bVbGMRO9HetpWrkTbhpqXjr/oGadLmSDAMUNYxcyW+++UACQQZHMa92g6VwZHEdsbcP7PbXSbd3oeu844vi9C+9t6SqqqgtO1SAc+8yov0FJZrKFS0PCgtV09SVeLu3ixkQJEbBMoRD0iYYe2aquuzspIAZezRVGZo0WO+SBUVWu1x2poC9JwzotIuZSf2wSwxzjzX1wnQ7CqI4cchlNvlRW5i6x34ucuzd9BfNrgd7vRpAwPO5k045LCsg97fQBGbcrUqaQEJHb64NSUAm+79jKaT9A2KqwVwtThVghzgGheLF9gJmdcCi9+09SCcVtLiVMn+EKxRfBiE7Y0ToCDr9ajLtUwVQiGTgmipUZI5BtXRgljpSeW57DZ+FHzxGpB29uqipKwWqoQ/ObJqpLZtTquqyu3JPR0kweabdww0VcEly8aOcv4OiqRWtKDRMj4KmcX/dzGJv/nxdqRrZkPCtfWjVT6s6RuJF4sqRv5UmPb16gc8alDfOtNRa5VBQ9v4WiPcRBDQKCTSK/hMOGr4jth23L3QouDfu1cPbBWRXM8PPtQM0aoFm0tDhpnXsRRYMjD/RDJVDRyNCHZwzsEGOSGqNMaqkU90DuQ43ndDtHtnw5oewhzUC9iqCE/10IBobPbS5415kWMZ/GFs1qsefUrXZc1e4hTBmZ/xlLZUeASeX/Wsxwx/H7AKgCzMsNbOHF7ACEiWWuBiglFGueiPhe4WInLlBj1Sl37dWX25nGJOjf7PZQbsuIPDdJfxL2wgXA89Oy2WgawHHJwJC/WuKTeopYyuROLnGlDtFryI5RG/W+bgl9D7BLz4kvNbYAXOncqWDRZb869odv/pW0vRNub+fYSczzbUsgchUWUMHD8oLpNYIyuFNp1tHTzV+lHk/aXHMSOAmLyLMXkt/3318++j+HCyOO15BnzTd8/pq7064yN2nqp+gb6Yu0y6kj182P3TOt/EVsezadu4Gd1vxKBl4m9eTqswH6usOGt737FW56ZkC5fKQb2tkacn1uvjNUCWbEsz5/Ed9a9s+5daekXIM//wF/fVDvogNdTHBuIPaZy3Q+alj0wQ0XUkkk9NcUcOY80AnDRxHA6qr4oHD49RYte7Ysoq8SVJNmZUGtCDf0V7LNQlHbXSvHcTizmB65vbxL0QqWe2mnDf1sJJF1vBFb663cPksZ25i0q+F9NMiyspdPZczwX2eni95xril4du0NitzQkmte9zupUmwuNJrOlhBL9FJUA4uJ2uSoVN7Zd97aFdReAoOpku7qLdt2hr5t5E82bkqW2xX8atMHR+hD71i2gDtqGxfWPYKB2vVZ2h+MwKnaBmw4P3SM2IeOWTcj8sPEgz1VtXPEp8FkEAjkkDvAcYHAzKlcbQznZVtDxMik+gDPBDPdfJIovcBfYIpC+baXZzRC3WK1sS3BWog652t620LxH4NVqXt2cJnx3VM1Ztt/lZc7e0rxn/t3QJM4QFYergThSCh/qC5ZMkwpR3yVmBHre5LQs5566DrLF7riCfQos9AJ+IAsEZOjqWlkNPrnt52Fy0x3/esubvdB5q8ga8szIop/JRMgoa7bbqNRUJlJMHcpdPfACSQPBQ3PLtfoQNaE8/efrJqZynBFvwX7H15FTlAGIbwFhCdEJQVuc4ceCjhR1RMjju3vRS7CEc7oYSDswmyWQK6oh75TxnPxRXFDVawFRlXo/JGXE+45lzOBayox8v4Myo30d3sbg3Sa+VdxJdYCg2CVN5eeVaZz3BVcs7tFhvV6qPN51XBIV0ev8YMSbbM0zOGdaoy0yp2RCerdStCqEEyxjGY3BqEeCZZ6tpsgAxp5p17dbJn5guwO9sw4dfQDo0rKuFJQ3z5QysetQsBu5jRq10CojGkvqlqrjxE5m8TiEgQlkIDp6KabjB8IMByLVgciGA5HoQBgGN/ZlDvl2kiBlLcCRsgZCE+ve/WjWo//ljma/hHarihi6uop1WEmdljnXjgdMP0Sj2X43YK2Kpc4hXNbNG6gw10LLbFiUVTvMaJeaxBW6YFp4kOilvDYenKs7gBXL8jgFsy/C++OjYXeMdifwbQCJ4XeBw5xuXnbzjbQfRrRx9+VK4ytrwKuAF2d7nMMuRyU/b/0Vkpg+BjNLp4RRP0AQu2lTJy2Klnhjwt8S34A0GFynE42FZaoJvI2G08Sh+uLU5k/VAnD7Bcl/JI2ush7xplXfd6SqJmxnlxyx2iOOvQViodhqGY8x2iKWWKy2iBGDGCgmMfwQQBm7ZuhTSAaZLcC7lp3ieGinGGY+Ua2MAOS6oJQlSXV+ozOsN9Czr0JHsrEeYCDgfG4nxJulbdmHcBuY7lUQEnMjoiNHk4bomTdp+P7I5K6GjtbQZflOYpD09balNFeILlARhCJqKYk7q3SpM/CIK0DQN0xBrcKp5u47BNEivVIaCSVuOEvxgEvW0sJ+DNoMKTZvvGO8xIFRLdpgEPsszh6VSTs76opzflMFDYheKHu4V2zPgJJyHReI1mtes2vv0eDXt5S9rfou5Xz2yelWsWHw8ldsv8sF6ATFEtKyG6QWtoryJOpxsmgwrbKOYHlJ0UqAC0zroJ1Y49vt1C8DSOUChLGU7q+kl6FUM+ylfEECE9dqU6LEspUjgsWRF9uzSiZkjpEA3xBAW3OACB2PzGpIvczc/WQYjNLWCZiQjruEBirRIG0hcAXWurvScl8KvXE1Bkcp/fxPMjOiAgDMaUQi3gcmitDiWhfyjX7TuU4ZCa4M1OrFa4OXVl5Gkht9Dz1DUfabrpyt9eUDqx9InRYfWXyUDD6y8hE+SFofhIMaBN/Ujek6VeDuXkubB2jE1Sis7GiVMUYQApFtv15Kg6/eKoVN22vvkCN+cBAgohP4LpOnDtTSIlCNMqW5ZIsKniUjRKvxqjlg2Rl0GK+NQmHEQ0F1vXPmnN8htSugHRphh0Ykc4jMhEAPH4TzPgiX+CDSD8j513YJCESAQA/chnwNW3sk/WVvCIERhUAMuQW5pgnK+BRaMfsfsf+h73/kx5aIbNnV0Pc/HfY/Qv97zDm//2FrQFN0h8AOmRn9H8UH4bwPwiU+iAalN9HSGBCj/6Oct8SAntrXGR32P21hAM5tJTLYzOVu/OP5449XA4OfCv/W4IfDzsfofHSuwY+pA8z+hOwPFoyQHxAASyJAvPCDSD9QBIjbALixbwYS6FyBYEHBY+2YUfm8obexNjhCB46+QaZcM+mF+UDhgeq4aElQ9lEZLoaKbUTWW9wpKIUYDGhsfV5gKG3qaDkqPsI2Kch3RyYb+prwfga9nQVVNAoB4i5kCJR8FL8rDcfFCsOms9DEtayA1DOafLnTryjQWAhB6MXCfX5APr/EdKsMQVZ3qDw+v6iywz5aEt1LDXEcsmY9LtWxy5B4J9z8SWZe0GCD4wFpTIRmlF1cIkGh0gUHawWj3jjYxJk0v1c21+tXZK9UrfPc38tKw9fDceyFjwmH+UBQxfnFBRA0Fh1XjQWlvZnS5w4X6irVy/jUYBBATNVQmBLzdTRYMv1DsQyE67Mv2XqpsWAeBRVKI+mhIAUSUbSUSWuFObgeSWh50vh2bDrYovJf21qUEwJSEMylCERKhcayXCUXAl5qqoIT4aoq5yvkp/w2kS409XV9bAu6N0R6MNKZokdhEi4xrytsRqj8fMIA6tjFS/rJIDVlgCUcIY4mExANKkPR/kySt4ut05YBklQqkR+YHWFV4ZJVxeeualBRGbOqONd+dV2/Ojp9Uget7pKdDMsuOhmVKez5gEkGLVnQCTO/E2GrEyE6EbITLMpqUck5isqxrHK/T+pNaYzu+num/cR1qeUIJKFtqV6seXhclyAfUG6YrTEUQWDnIyRsSl+kUqHOFH0ZgbrF7mU0fBlq21S1TC8f+IJRnToGi5W8Usrdm5DXOX6wroBVGDg0SoDqkkeQe5QN0kkrsY7W1vwWpDavF9tKEtKM9F+G3ktC5G1In8O7O7lo+Ny+klygRdvJswtTpQ5WS97v9hZ7kqELqUis7MhA4DPa0T4BZtHyiyadglLolmKfofuWcxf6zZ2TP0ah3kDAG/5xgbcYElSrYmlZmoMn0HVwPz9yr8/dOFb/RDr8xMvL1eQd+POXeAnzYiNC7tDjlbG7VUdCzO22s/6uZ1eGnznKBW11LWBqC82kD4+0kpZAk/5GBGBSrUrqAkrquCtELexj0BLQBaDxalKY/YPk6LnGtr13oLWBtFblvYE7fmB9bDTlihP5hyFUxySBTLi9jDsvwlVE21hc2ZTBBOPoz8vrBPtHtw/qgI86/4aGqtN3Nm+HYGpCccJ4f2hlzMcauwBdwrjxc6cGKoHHOTtsuFlnU3/BAXt+OqQHNy4rukq4GzDw54HCdZRJyOfqTKWRS1+axs3MmR80jaX4yvby5mu8nCKfcx83Aahf/gv9nLxvr7vU+yqhawRZiaSxEu3Lpq8XnjPnaRGVxVEYhnGIjfAtdzSz267uZ70ET+/c9vN9Klpl8E4NhqwHhMgaMTz9a1eXibRlKzMw2k96EbKOalZ7ncugDCfOxpi+TpYOlY2+XooftCxil2rrm0f06tvh23CJt2Tae+acZaBVBt9CyFtTDqEDGA4HULFA2SMCyNuakLQe8jIt41FWwGOsyJy3TW1VFcDW8Zo71R7sEhAP+ursMJ2qR1SMUY5Ap6KPXMuxjVqhhw8WQQaTpU18bTUWDoQi6bXYX1wH3m+Z4I0ySYLPVYw54LEFa2eEQCJbmlQ4bjn5QXNhHbFbceFarq724i3DmQK8cPa/EymdzKFkyrHUKoPP8ckbkWZktzl/8HFNPxP0Dx1TDgI9cFnbJQEkJvn1euWWcqUTkWRNNEjNxPPxAgmJM1ZThtf1rTYIi9wKXK5Gu+CNhNertUlUnsUs6l0rzIsEkgFcBfpZhgCTJI/hBCHCzcGi7BTTmSR5A6O6S0FQyIJxHq/k8l7c7KPOaGujdw1n3LPzRliQwsjYRM2D4gxH3wTlef5kHVmge/59Y/L2KqxKVbGS3Uy2coorHcWVEJIUNT4RDY6+ULtgQD4kZiLB0l1HF4CQkZoilha/GfOCgTOX424ZTJHMAFuhPdBX5K1SCVh7Lis+XcDAWR6A0/bJA04IwgKqGVFjid2mLvNJOcQadJtaPs4c672ht4AUKtvRZpLX6YHk+po2+sHyDGxEWTyNwENcBx+xr51+iHqFv5J0OfRy3qjQM0FuBLiWn+WEAaf0Nf2UMhj0N2QyehJS6IY1BipxXCUoegCzg/ppYTdU0Z33LpK2vYukzrtIaQlMTAInvRiqDjIgwLp+gRjByy6XjLZDzst0td6IymnamrBRWyOrm208KienqcxuULyC7Gw7zUhay19fUqpLzOkZwca3xmI9rWNzOZ8pI++y+TJF+43azvWqZ7EO72A0FgaEYTVW+0KTq6FK9ztAAdSoGsuZbklpoDCh40PKT8qMyxiAHTMWY4hiyghZCNeUOuemD4sOiYt8DSb5qjqjiWtJzCZABFMniQH24nzEHec4nr6ZOau2/zVPnYGskVvM2vrGSjP1bHSq7i5sZhcxSaadha42s+eaGS9sZiZ5elfVXTQzk8TusJndRQ1io0FXWdz8RuatJR2dicv8WpGO1VIKJN0dCImwf+sCNOm1aP21WyEsBxZjnnZllkpG7lcwEJOmFN8iwb1lsb0qhgYbsMpjMkdC/+E8QioSu5TsVrMNwthK5hVFeCA5I9huO7XtWMKeI+wZINcH5GSwt3Aqol3Rjf2shFWT3pRs2vHITeFw7CXWYayjWNChNQuKpV0tkIKSsPQVC+Q6b+6GuI0a+VV1Z4AanQkZPZ6WljmNwS5odKfd6NGlGh2z0R1pdB+PyaJG9xnr38BG95dsdAeNHtX2dc7Z6P6g0f2FjS4jDDL+XTexhTKdVOUxaaNnSQhQKIc2lL4MRzfVOhK39uU8q4vOPbXBvK9R83ir9V2ptGCVUvdxVQAZUyJVSKAaRo1RN2wBkfvo2cHal3L2zflnPM161O/L037/1PFPi3K+MVKtNy/c5bkhVBMoa7WgqnqUFyKPQe/k5KaZ/d5nkOoUcCOc5kJ3u9kt6U71ji+EByUPR2u1iFm+xcDhgsAhk7cFPqyQ/MseLZ96Ar4ymN3gRfnaypdOza12JbMTWrVvXrtFulsPfYMWfZZDcmW5lYKnRjMqTWtmtKDa0t9V+JI76xAtZDqKkyJQ1BnhmHd89zOBtIabFk2qjSZy5zyDGA0Noh1q1w2B0nkGhvwr+443QXOfxPjD7aEUjtp80xf3E/jERI3B978vi+93n7ssD4b8vYmBNhWO6KSFyiPWBHswwJIFCGIUQeQ1tRHlu8dGkGARgkhFHkG06ZLk8aM5KF9BPvhjIwsqALIE7e6yGb6p7dbNRxZTLvqMCnNiwYcvBVnYQvygJFB8lh30Rbj1XcWgoC+m1C/uhW58zaLxDab0I1+bNgwpAsXF46uN2D9A0Bv6MUtmXXI9iuXqyD1d2tmc+c5n1HqvUzaKFNOdqOHafuIccBoyy4o4po04SzdSQaIg8+aBlVLwCFvIo3QbIg4JbpjIkXHhxArONbGC1sRSVRVNqgM/sYLhxOK+yFmINe4uhwYBJ5aOkR+PaNsTaG8sv2gzmnRjX8HdbOM0+Sh0IMRfhxrFtwXIB2zeRyjxqTTp/R9EZAGT2DxE2Nr87K97xf9V9ODQnPk2ehE10lIBQLNLgaKqlAQqRkgXByUV7ArzDTIrqEadQUR1pg0GWjCf7k0H9OgC7NpesqUJJLz46ok7nQ5XDF2c6I4pdWRBS56xNBbCK0jDtKDS6DLnjJwGLc96xMTxhTRMW1+Axi9qfT6z2mbCD/vZHIhdLiJjc+TR/0qPrtzE50KjpO4qHvQUNqmsADzFF+KU4EbYi/KQDhTSgTR+S/OzarBlUMU8fCtYthiRR+b82ok6hmWV4CU11Ls5eNzkANUT0bke4FodtXCt5qYxBFcSlhH6FnEfS7n3YLLcAOcUfeubj5OLMrhVx92XowCOIXs0tP2vG1NgIiJjjFi4nFPGzqqCpFLWZky6Y5lrQsvjWSDX1/Zg6bgAEdRaOY6HggkqoHF3WwdIDpiM0oy8k0eUbgYFg6N2ZCeVnjjDbL43NWWYamGfGlGIyVCRpxHhVkc+c0ihO0WjCA6o5I4HQonFwJQzsjIPLFiwUZJTX4y5Fz186SEonQ1pbBrND1WbaQLT09E0R1ual5XJ/3EH+0HS46lYHbAwpWvcIpJSSQF31lED3Zat+OLOO25VxDAeMcwQMdTfJ/o+HzHM4urB8fnqY+xTDBVt2oQ1UQrscFfmhlsTKtPCadKPBTQU1ZOGWgGOa2ioIiPLRVHToM3pG68qI0b36Y6CRgzYB7copIMmsXEiVpxHjqR7QAvtofIKKp+2vrMWnaXAHY/kq8uw3U8cUfiOBu2Oei4s9R2F3MlxYb6jkXOEjY5GrqPSFd9Rnosr/Yr8BNEgGswTbkbqIX7Y+fghedhEP0LuxodeIXI+8puAE9urPbZnvtWthk5XZ8Q+FiqdOiqdKpWO8D4cMD3oUEI9LaqSAoq0WCXfJnCITG0gIwWGbs5gwiQURyiZJ5G/egKpExX1O6SKkucBqlvvGiVTGJRPeixIn92BDoVt2uXWW+oO6VGDa51FszCoMKcluhZUK6stJqRy7Eia0OVWrzTamDQn59qbqyP92ONCcAMKl0JvBMNpPB3ECu3poFFK1aKD1tNBd9rUYrU5vgYEzyygg3YhHbRDOmhdwS06iDGV1mpz5tFCGtDVU/elaGHUpoUcK08LjaeFhgBS+ROyWqWF2k2Kh/lizL3omUUT0Qwnop+Gxk9DQ/z201BinIYS+m1QKJxtzy5k10LOwKjNrimpCVvsmvIdmuTnoG3PQe22Epv5+6BwMEY6B89Jo1WOJ3jTXulbuGMgeBgywsGNfPzgtJwdwZnK5ejONvDWyrvybO1OgFZspck3ZOhEuRESVDSOs0Ecdxq8RYnKCzf7kFcDNUYXwJKcvEFzPE8eST3gwTGb3Y5aN9tC/Wi41POfIBwH9CudgqW9AWdiTOQ9R2VlhTVF9We/4zh1Fs/3zS4BMmHOXQYeZvSBoX+zBw+79YGhz7YPD7P6wNBnO4CHvfrA0Gd7EA/79YGhz3YIDwf1gaHPdgQPc/rA0GfbjgfGjiF2mMka+g+Ott88JCFT8HC8/XBSQqbg4UT74WE8nHAPp9oPj0jIFDycbj+clZApBHn7YfspeUAKHqbbDzvxgBQ87Gg/7JKQKRwpPMzoA0P/Zg8edusDQ59tHx5m9YGhz3YAD3v1gaHP9iAe9usDQ5/tEB4O6gNDn+0IHub0gaHPdgwPh/WBoc/2EB6O6gNDn+0kHo7rA0Of7WE8nNAHhj7bI3g4pQ8MfbazeDitDwx9tu2YJ2f0gaHPtpObQfnhYLWzcX9uOVLtPPcpSVjj9va2tQO2U80aiXF3yIsX6oQVhBHLV8QzQmjeyyqqc9tPcBbkLszrhZnQkQnvooP59NKlkgi1wK7lmdxld+cASllA6SK3KguvhfNUfkxWI3c9/DE6BTGu6PGB04ICd6lnTbKHCpsJ5EVTRJMeF9Sx0UacxmJJpsvOhqXJFbOW82e9fLNqSmllk6osIEIZCST3gKnqNIVDEVKEVGmUZyt1SeViRshgMcvai5nxsgfrFzOMwRKyB7NY9mAWyB6ce4BgwPYbBlzh1F2vZbEck9KokpJfjBOcxytUQ2WQA54SD2VbPAodPETsOHeseuUwVGbXUNRF7U9eL6YkABJHvFcw0aC033SoVmjsV/wYQEoWAileuOIbt+LHLSDFqtMSz5N8hm3JJ07JdMWPEXCp1yAGkOJc0THgXm4wE4dCLUCFMLReatnaQeFED34d2xsH3VDZZhS3arzYzIvSKP9sMxcCuzaDz4wcNn6su7RIp4Ft79LYKt8WaAYinUee0YJO6DjXFiMdLSnjBaZsmcKMsYuqWorOhOeUGMdtKa/26ZwS4fjcEmHd0yiL5JkpgewN/QH9+DEGjPNpNOe45X8Nxyz0HvmFR/8rBDRgwW+YkDlwY59xeZMDbgiF2kRT8Fn6aaMOvwBL7IdBuzh99OYZaR09o9YxKSi+h4kS8nGcaiB3eiMf1YG8GEmEKCZRWVDgaCgsWjbW88m1Eh7XJ6g7oAafiURkfiakFJ/UXalkbRsqQF7HoweDSY1uGeIJCay7OSJJ7XZEQBYLmhe1d6m2tO1qI6lWway3BV8RUrpPfQbHMftzD+yuQiShJJAV3froVqgtYFIFPRUwqUaDFzANd1DWbaxAi+qh3Ml6AZNdJGCKdWMFDXGLViwWMMFoNeAqrVLpm26B1IM6GxNQVQUN5MtCXhrfXCehClyrnWSYRI0/3DhRxsCNE48BVITpJFPa00KrGs8VNgHR0O3v+GI0H120HQv8dmzSmpfBIsXv14Zem+Bi9ZWbBUY0szzRyLjReiDcLT8avLI2myfmpfziRL7Lmm7b1gjAC7M++Nlc/LK7s+/01Nd5szeq5NDhjEZ8Y502gmE0wAD4xNRFpsPWELuv63B4CvMkVVeG3VnbyEJorhP6HQqOofvU9W7/YIMZp/s1DUKuoWGSMseBJxPKDdZrM0FpQp3mAHEukybJTzGriqB/hCDVs9RMz1JjnqVSwvQ8u9lbPrlmYMikArUYl2Lkp1gt8dWIr2YcvnlN/gsmBKUZ5noKxs5n1Efntghnni4W3VFZitTwVkr6NpVAbf5NY+xCKw44comubllCGKPcovjl1iY15OVXY0M9tKA1w3GNBbDiEOZ+SDP8AKa0Plf07JKvgOlK70KJ5e4evTcPE4ENU8MRAL8zFzGYsdG80pCgZF+19F/Qtt1CzCGAih+o2ufQAhMe/c3koZuznwvahh1Yfo8VqsiGCeNMWIWfkgmrmbCGZmKKX6axDEcgOZFb5f0qRwylYS4Oy/UvVuGnHJbvX6zBz9pWPb+qg/pXK0wfPZ6xAxtM+7HIF+/M5iuCPrZ/a7zH3ab9xrFosEQOeEvahzQN0d+F04AaavVR88yrqPj/l0LaUgm/I2Ek4d9JaCV8RMJQwn+TUGZa6wYU+G1RGzjhXPkZmUOZNPg9WWWdgRalSwSZDobYzB6HfCZe8Fm+8JPeSuecaoz67TDfuP+VQtjCYndGYcmC7GOLsn94mF36vCh3SH0nMMkLP/w9fBgt/eEKfGjwXTL/O0kuSXsaUb/KxIBVWE6Gv9hP1CRXGwLvztRMLFnSdhEKDLXTZItvmjKkm5YI4QkDPzOjWpovq+S7U6b4oqGJWNzpuoBaknD5G2Gcruz3F1Ti5v01jGHeky5sCna5dW0GS63E0cAXlaEuAGaDvUnbJ0t8FRE5GXV28LA87cBHVo3Twr7rSQkltgP1nkIc5sMw7pDPBWraVcusDUy7knO5XsxnquPBGUGMr+nlfaLsCVhRQuQbGhGjYPi5WyywwQtllGtZWjjezJjiC0a/rE0jOjPWQVTng0bb5XDDou3GoLOhx4Kp4u1RY9ztXLlotyl4CWKXBOJm+U6JyVCfMhvCWzR6WqK3usIT+QT1v2RT8Dr2/xJz56Vmp9Gct4ixThe9dUMoqw/aqHZpL5FMl8IJD75+nYyNZT7JT88qjM9KfA5xeb0foUD8gGuxDk/xKDv8IvY351f2pg3Bf0VMkp8XvBLZI3SUL4O7NghsNbptQ3DK4PLJCPIC2vC86TFsSl1K22JGeDF6yBkh94sfD4bxIXAKjZ6QKLGf8PXnPUoE/jLqsZWEHZOZCaL5bmmKr0a97rlQPF8axaeNx/G7FuK44vc1Glw+xGfQtN0a7QKx8QBkRAOJLLtBOdVRsnYWpjnbSIMzx8ibPNISaqP56hThrKl7sIIsHyyYLUZniuKwmyonFk8VbYcWKaMi4S3ceqs5PQS31n3wQ4huN6yEE6LOinfIiHH6sHQ1boomazsRspYyc5NH+pvBmWIKszJEf4sY0D8IPCp6tNyraOnhcgDxzKFoz3Uvdd2NXBcPU18S5KE0DnffZlH5YZ0T2g3yfFyioAoBZT2Y7iLiv1h9Bd2Cg4/itQ6yNytAbyrzZvu9hB8mM6DX7ns5gPHcK4Ts95ojCPplXmzH2kiDR/dAfRyVu/uRKXAVZ+7wLzScW5dvCN7uen7N84L3oNzYTy6B43B2vdPo9OplgPc60HzjVo11smroFlDYZCyduv7Aaj1oP7PPX0wy5/ldwvYym+ZayJpWId28uDcOch2byiymd+xRGdEcL8ejeBpuqY22qeRiIvD6AREYfeJEwJ6TCJhzEIGARICMTAZqzt71lN8ww2XaYJmO2Xm1TaYx6jUyJoQh0NVifAETsogHsU8kFxrsEyJJaI8DwThDU703ectragdvjHabihXQAcbOIigQw84iyCAgZIGSEMQbAqOxHl5JW2hUmFzyo3173rYerKbNRe4uGCxoVxd6U27bQ/zuCMmvr8J+43CIzQ4c7OHp2OBpPbPPMPsuZJeSDtpqgrawkXgfX81qSUcCZt/LtH2adlzTDjDtoKad1LQ5ph2StOFFxJ1UTScjdJcGtwOWaHOEW+fGe/ZCB6ICXr2asyivmYmwubIgy/ISGGzIB7HRx9Ud13367jTfPYJ3thynaXE4A0IpJ9h17LbeFVU5wj1R1UMRc7ZahefZqOrTFjWyP+yyCwpVFyEIKvjfO8SXZ3xZ74mqEYTvjnAnvjmK1zBQ32xUz7jNDqtnwN75NcxAVxcjvKsqEdxeVfDRZVmwIN1v0TdWiMcd8vgOw7ExdU0bf+jfEeE2/Pb6KEh2JsVjg43wtqoAQCJ1jrpfwuVQYJSQThElHNM9dkf34yurtEwoRkmvFKQsrsIJPfoiTYgw9IoxD+FRGAP8XCPwjQAZWZQBmSeDV7q5Os+JBLhPHx+uimOqkx9idxTq7msFqVUZcuvFKSvDuBzP60kMJRGmv6OqC9hI1cvUuwRW2xOqU0L7/6EYRw/VIPrRcEO4n3HBEUk/7NIfkvQ5iQOP6vO1OC2sjPX6kGxrQLlIP0J4cwGdevKGUE8IyvM1t6SdtynAOgPfAiH5CUwWKxgUMjOi+8MN9npEMSmwHkE5XyAcs9l0CUScMwI7wZtjpopzBzai/m7r4aajxcloORktoIKR5GRk2j6moZv3RRvCU67LeyR+mnHJEQm1DlHnjBUYK1RJtuQTcgdOuTbRBQ+aB9f0qUR4oQDU6uZetvTTIaIysML8h97e62GXulr8cDBKccwxl7pOvNq51PUb7E6Xetnz7C5EJ4STYPlYQ+0s32JltbtdxpvES4VLvX6D3eNSb+GYM/VmcbXlUm8THxMu9cXidMulirXJnZGm3r7BbmdUuaTdLvnuDXaGUWVtThvGyX2fcvEZiZ8wQ3PuxxlXr1+ntE56/TqBeH+TEBIJe5uCPQhXCfZZtU3wLjw7T2CP8Dv1EPYw4hfpmvUkZ34Ts1xcDbhGHpJcZ5BrZJOQHAlHNwXvlhCkRsmOEhxKRZXqKMFBWReDOZawFM5YggpuIdiXU3ZDeMb167SVXFbjZyS+Q+KgP0qL1HeCLnm75Q3mygzCeJOgsArPjiLsiB8NhCtl/iG8QHqPsCbTyAX7vsjVHm4AYmvtEt+jqCD9VN8kssjxtlMzK1v04jfiXO2pYtY8k8tyMU/yJQlc8FY54Z7wrs+UQHKv3RSsRewSs+ZSs6Zt5RRpP3Wp+SnEyCtk+Rqu5U4+Z++Est1D3/i5UoKDErSsOP5PxrItvcGtBtpddPeKedFcanGCJMQoSHp/Opq79znv5smjf+u/QL6lGnL4m2zItASthlzj5FaXGAGF/FztDoLxU7Tsu9LB29LiLZVJ5YEzenp/OIhn8+J7fTxC/LesyYaX/5quMy5G930X/+918Ou4Oi7n5OmNele8SaZweAA7M6WQG5xtfjH4tZrBbVtqtVDRnJSkTHTGLjGHH/o57Dpg+aaE5ZCTkot52m9x+FJZGL3Y983oOlUy84ZxhElitVM87vHFB0sWldOydTC4Gt76VjI9M/jcQ2ITQM9gob17sagCyweuU40sU7y233GX9MpO/vrQhEO5rUp6VHQ7kPJtA2/dUzGdVT+1SOkzBbGROmp+ILcGeIgk1iBUZhty20sJLYVpBi0c8sMoxd9kAIaS84qatbRHVoZ+66xNQmvYDsk08PMeaYk460QhCxtlIEyECOMH7kLEMilNXcrEiMW5fo9NT4zUlUgNaVsbFloifs/v2j1Z1JEI32aPnSfUaxIADtcsn5OXM4XoDoXM3zCOKW+fZxR/YbSDY9pBXeIUBM6FTODGZaXAEZW1Uo0eX7urNqYNWhTOIYdwD2VWrAhZ7NBaNc8ZiuUIMu9cRdkzk7ea0B5bN0iZt8Q77OLTpYeuUdj7LxJpqu2G4niW/6n9iWDn1xZhp31c7PwJ4GW0FF66xjh0MwN0XIwVFQR8HkXlyXrU9LiEr9PHRj1DYM7HMD3HuHyKQFUdAd3tbHTeuoSRWgfG7hA0flZJ4qwkJhtgTZ8nTO44BcdGX4ejzjnJ2GyQhBdMNfsRPyM/xRtjVFpaig0KZfrWgYEg/NeWujyqHXt6EbE8EVGj/RUrJgKiNr9/bd75gTlX9avjKmy7veC2kCctf5bNtyn+4/wRMDidGjc2jOIkzTrdvNcfGS2WLV8xtvK888cDnVrt1aplHFlOFYZFCR61D7qYG3oCY3J4j1PTCen5n/yZHJAGAXbdQfM5eXh6EOjG+1ODB9KD4YGtPnGX8QDH7XS4ncdnPHHTpOlIkooW/P7qAcKvIPzUbjZacKFCMijutXQJjTbHbkmf+dbPsTYyGCclHs2rolhQw32va9cAB56DS0UDaInpaQKolWz4Qk13yrvzFbbN9z4v2DQ+H7DnuXcv/2N5NzH/3Ur37j68u3D+uzH37vfw7oL571a4d1/Cu978d8vdu7/EuxXz3y1z7/5uiXfFoJ1H5N3I/Hej7t3rl3g3ou/Eo+3itvTdu/ct8V3PvfvoEu9y9+6zRxa3s+veHT+yGGYd9+4f8O5n57/L3Lv9X5B3Y/Pfpe7dIbxbP/9d4t6dwbu189/F7t2eL8q71fPfRe7d4S8u7l/o3v3ZFxf3zw5wCe9WzX9n3Lt7vrQIzwYEszSwOVC8U2bu862hQ4C2pSDR3ciE7fxrq2IYrjNu3cMJs1EbFF8x7ZXMy0WyunUOV4timzSjeKtbg3sN/VnopRPMN1WrMErrv6DXM5z1egqGkY1GJM2dzzIn7/05PFh9eA0fDDlJ9ybAA95s/RQtF8L0+DVc83uLK3KrJ1Ypsfvl15I/7NqOQkSNGi59Fhw6U1exdjMVfswRRtgTQBfV9LReeg+F8YKp3+CqrRKUYmrAlpE6f+uWnTJtHnkdgTRwViqKn9AbuYNm1aQgqmVkVULlGedxXF0eZ2LUWCroTb770I434F99z6RYeNkxMzs3bV5a9iYl5HP50u3y9NDBv//mZ3/jLR94KGhnw5tt97xykjmRtO2VdW8zDWXhIr8Y3v0/7xe1GZplytTiWtqcRJNfGzNTDv2rLgfLFJ/PnAU7QshpDqoRd4AJgVjNsw5E0ie1FSHQAXuWOR4XR0kskLYQdewijN2RrNdHWTGN0VDChactxX+z7iv6PPMjwUSrRTE3B0Rs/KNdkWJgRC5My/+S5PP8F6g3qpOUvnThHMtqSB+AoRzmbxnJUmNMZjpddzPjm5IWx5KW4EiAnZPgEpz2EyEg8YkUPV0DvpjxnL2pi1eFIFZWsiGaIXoJYiliGWIJYj3EYsS6iEWI9RELEesgZnOWDa2X4hu0HAm2u99F7Dx4g5Ark830wRDjI0/i75G7NKTTwBH8mxAu/IzwWFkaZ1+HA8Xx66ftrMN8mQ5A80+SJStbjUAWtEDuUl/uNoaP/gtIBJqrMAkBEMmXDJuFJh4dNLF75xTMxuA0/0/0kqbGjLvUiuYDWdL5yKJGadpoNua2BRE/K/44sxz/MfVlZquY0lXF54BxNeGmeraq84dFSWtbXLSvXIrGRnFYuCu4sfOKboK8VXCXIzgfTTKPwO3ZkXGmNdtfP5ifMZ8P4HkXnqPm/PnlREukhYPvdvnv9HmPf0Y7dZ/RcnknyUpHf67t38SvDm1toc8pl+vdjiz2OrjPtDldbl7Iv8bgX9EENUOruysePxVDkZIXOPF9YyXjUtlGl9SSwsHQ4jdjSGi/kR/qosXYjbzC0rmOssekMmzw1WoNe6GGWBywEzmyGmQ0V1EP10IcldUJ2/dLQiaS+0Wg0o/K4BlgSeXnfx5VLhM/vVbrflW/ZzLqlgBbPGRtxiGsQVaaWTcDfZIS95wv1GvyzsWdfA8VuJiaW5VgtzOYuEXQ6sZ5HX8KxVdIEpgSsL+Y/1/bo66AoRYuj9VUABkYHLWhNcHY84KepmXYFnBBWOTICMd7Dh9+we+BVHdLp2yxgttYnu4htvB0L/Sne6E73QsVRZ1QzRRfy/Ie41RjCCADZKvdpeMJMQZUq/kLkVPh4tbPA/Ou2ZKfHxCG0TbNL/nixuRX5u9JTO5dzdAUOL0x1GhmUffpTkAxGrTFcW0EOhUiYrjhGHEmqtX4a9dZce00jwaqG/Yuc23ZaWphKTrkLPqmbbOVi7S7Kr+tzOCHJRbLh1B9wddSFei2vFXT7i8Qi2Dy5uI7qq4E/xMocLdJ7iw7W5nTDnJayVl25M1W5r8dC2xHsvbu1IwhMsrz8jsb2bsFd+Cb0H+jeaKpHEdVaF4E60wibImK/6ym8Pt1iqAnVuvQVYM7EAoqUGNeEaFtZTXKrLwklI6UciZTapjw+r7JkV+zRcymZswsCWwrW2n5nRoxCjFzEtrN16woHdp5O529L171fbnRS885yBnHktVb+AWBhbfE+6KYNoAPxgT+GplSaIrVFJo9i9XsWRkhzcAiME2lxd5KGr9DtJ09R/60HKHlKamOBrCuU3vhC0AktAQ4wZUrwSVG339pU9rGwDJVWKVgUyI2EYq6g/xouiamlQNdRMZJQcd+E80BlaqHItkILEevVRB6R0a9fKvMZp0+ZKfRDjNKWRd0TAMEkTMWSgKEhQJPtDHd4PdTOhXgBnKr2jDni3DRi6voUkgOD3TWharUDUYDgSIGmjKwb2daJirNQnOUyKemMNBZVLdv0Llf9+RPCVQ0IFCB4pazYBdSa5dpGS9CUWDItnPhMO0OyNVtElE1GKkQUH0YJYpfs7KFi7BhOTp00BddPtmtwkkDXFDDE2r0nbucMpmUuifFHqzKvspYniN9ph5C5N8j6y/h/S/dgfOiNRLZisjGQeSaOkJQ4mfd3XfXMl1uku0NHi/Hyar65qWhu0wCo+c/kS7BiYh2nO3ndouKKYn75xhlZdulQkTG6xABDInFUl1chjfh3BxpBXaN9DBE8GidGlCwOD/BuIRxbVUxv405He4DvN8yJm77t8SBTzA4XuEUcOcpkTtPCYcHHvHwmKOnZgeWOgEZaTj54NAKq24XM10LZiHR0t+EuXCMhCVPTkJ3QabJ5eQkmn9y0uAv4DvckYmdqeNkoMed5G+3Nt4Wvsyvrc0YUA1gzmA8fvJU+ivuLKnHs6QAZ0lpLVvXSen0dM3gZS+9v46W7Dy6YuFILn7Mw6TOJA6TXoi5KgV3Xtg+TOpJt9L76ydwnlQGD8AqfbZZ7PdvdmakTLuQJYHjeiZCH6vAAS1R4NxmbdtnIuCCsVqmVxjxEfp2v7dgjSZgsmJORTvqSDB3vtFpfiQ5mmVlgMraGvW/q0xkA9u09J7g5m8y+d30ZnfxoArlsXuTMwGEq3eEUjN2o+6cUbawjYKJ/7bmtmbFS2oRYEKecBtfiSkR1329oEQVQH2MHqhoQphFWb6VGZaUiY4yAx1lV3DYhrvg1aCeaGr4wrrhxaREyc2Dr3Q7k+bu9hO4ZhmzpD1m7BLbATZ4HQghWc755TxiBHvty2ie2tQdxVatVW3nJtB87EDWoh1hgI5k50BXwfmlcdXSX4nU023hasfhqnpKiYQHuB/kqV32kogaP1BBGCmd7rhOY+a6EtpYqjaQvb/YiJfKjltrdc6uaxmfbztaUFd4uklSOSQtMDbPELG9NdZoQoUXpaReVcfYBYQyfUCRAf5lN0beZjFdT+jakSpljqDchiLKsLgD28E12CQLjQbGG2e5NfS7Cy5geF/ATOdz7VqsFtmv9AO3PYM4FDsl96EZpmoDUGHWqrBlhrddA4ruged42d1VotaBjC6cKMzmuu5k6iCP75Bkif961egN81zRNyG/hognapy9Z2RtUyDTJs0sEvyJ+2rB0XafR9tL06A+aVDoaFA8ONSO8xHdqhyBPeD3hYPHbwo5weOXrF+jEm430jYShAG7GT3m8KOlHgXc6EP2A3aS4Gc0hVwgmTcKCXgYykqUA8PvbVJL9hL0OqPOBWrH4AoMmDIhj2E+f9jYBBbXQ2Sq1vIisG6NHVibT2lydhvbU8bqGSfxjUE9KIFuUYSHjudXgVcRVuHbnEaYei+RHT2vowEDEuWp/sKYsGVfedsT8GzQ9mvgVoZwgV8DXRWW9kOA3PRDoEtCz5y7NHg1+NFKy6togEpR/rpzqY9gwfr/Oq2Rxjyevsj5xvxnjqEAu5i2uEf6VBnU/AYDWY7km1OrfSGVZYU81tG9Jcvc8sCO7fQnHN3r9k/y9t7KTgbOfb3TKYN+09PlUc4e1SqhcwJbvNxKYqQbm8ix9fk/W5O0bXs3c3rNtB8wRr385oi/wn9YY85akl6Nbw65RCvM99H/LBtJdS1v5OJ1dHbU1FIKTyyaoy4j5zceeH9c+2IFmLJrzH1p8bCyLWocPFZTQO7Ksr3OOQTA2vlt5OSIN1HxTesuTEutfIXHjFZJ/D18V7b617Oy7vsyoIc1xak8yOd888kj4XxDXyHivzD4gg7GHdAcDF0RrtcDHDByAz7Ib3f6XM32DF0TuD3VDL7DLPewMrDuz/vkvtGLWjsYoMFYlcOmsNWocGkEU8QSDCOmCYLxIvgOAprot6MygmB2IYL9mklehnnPW8ejr8TJ1CCavAyuiuRVuaPOXiZzGe8k3nmZbKAmy3vvrrssCP6uXvgAPO29DNLqmx6Qd2UsObfffTew/GWo/2V3343qIPlqOmp2Kig+Q5+VcvKfJ0HxrSzI/290POlNzNIuHQza49AvlLvvEwJ0fMzuSklPm7puoo+S5nA0+RUcXT6r2X5UVrudYBR3HWXCoUHCI4mJF5/KaX3qNTJDjRFrzFBj7GrEPXTWh53qtVIn1kh2BJ2Tjqh9MSdKDWm3st9tConSTAHCa2nkDKYJBJT0R3olL9pfuxVQEo9hnTIS9JAFIruhn/GqUpnQVyTeq+Uqb/zDeFuwMS+m4fwvE/u3/bxkHzLMrKgUpINIL4MVEBRex2r0K4W0ZoGFAvC73hiYsr8StC0HxDBY0M3l62jh18zetpYh7femJAZN6UpXtBU0wEGCj8X6nIVg2XZSJjY5W6q9pt3eWMuJvBWYhYZrmQOnHWxIJA3pp+cqO3KwiMt4oQGFXgrbJO3uXdeP9RCFmym4yHIb/VA14VNvNFlqI4aFwLBwQkztWsziDNzntSJvy54AKj9+jqU7FWu/jYPvfR42ewawySEEdLY4QmjlGF7sl13XXdoHTMUJ2oykaQn21eqMLq32ldwxZiUUVZ+5QFeA9oAssjuTvHD5z6OB72aiWTD/Kg7e8y7OXFjGENaglpi3hzJHygb3bTY6SixNoalqZYSkGTuk+CvpWF34rtG8eFiqaf7hO+KT6wXFP2WP8eGrf9wPX/PYH9L5vDMrfq/N801ajvmPFHuRS3DnGTJWsvhaqgI7l07bLUdEgIzVYAPdJ7oPQxIp/TDEhyE/BD7Kh6+ydcBnfBfKMD0c2lBHZq7jwN0UKnr8+4yuiiuDoCCbrb7s+YZOqhBkdPC+O57iMcaRFGmzMeQPGKPdcZ1NWlyZi3ERsJSsThtzldoFWj8FkgZDp81lQBzNt04COWJb40qOcJbrS36cciW6Zqr4csTyeSEplbs1w7Lv0rJvl5dHA9R+StDuXdJLOFbcFdcJwjfExcuFrf+PLKxm1Y+wu2dCvH5jjPipwT3SrTBdcdVWmWjF92Jtcw3R9eFAq4Wee1KcTeTny4DW6UDOW6Oc/XpVBMAh4HfMXPwdIXxfDEyy2xDfHeuOCgY3VOqn0JBRZaLFoa83ZrnATVIso4vp8XxjvbMbMsE6tYo30BeNqpAMLXZgSz7YRX5ON7ZtyyIwChNSi/11FuulnCBQGEWU/pid77exgLpfgM1ts019rMY50kt8jcgaRKZkhSShgdO/4r22Fy2d6UYevxAdi712cBZs24bQXBm/bXNnBmTgpyYvAt/vtwjUrm4n7GbCrwqYCHfjDOwiEqmLOCcwVWXLGVtZLzEeAt84HaHBUXyk2viUvbzTmBQTHdOQdsx2whksoPjGUOZAT5w2NdtU9k5HoGWqW1XOtAwBHHYnTQ8sBM+HgDg970+67JSif2WwA1YhDvepzbhsXLsoh5Rcz0T4gtzu7rAK1N5KN3+rMcmiBiaugRkaGPsGkoXJXAPRpHjQpAR9ke+0UfS7jZ9zNa3zBJrWyX9uHvqKrfYWCv+xbYb420OhROmJWEagjci/MWL7SvBm7QLhlw53jKMq3pVUDS3nddSpdnCiQJpKU26rlc14MQiWxJ5uXwSaRYM2PB+InHZCie7xC3k7IFTj/mMUw4+h5Ut+rngOv2gCfqFV+cKGFagmhddC5+Mq/KwGAGregVwG0u+vzyxDIOmZpqsig6ZnSC80XVUdNJ1q5Ciz6rY5ZkrtODksUENnbtRsnKrQ8FMGTj+jymjGdcLuwUAxP4xr08RbRqw1NO6UKtqcMPrlDosvk8qo2Gbxq7jS9qyt+s3usPidsO5AHe+NgvqA1w5bdrRJ9QjNtgv55lvSWcIlIThuBr9IANyisQKmIQRt4TzHAu3rUVwI4Ac2EsAkdEtcIlX2kD28Kkfg1Gyk7CB/mRafATek6CeJkvBpJBhtACSYcv9tzmj0FrmLxygsTOAyFsf7BJL6UD+PQE1O4bHDbpGz3Y3nnPvDXYhmjM4Yh7MR7txiUoE0PgB5CZGDlmRkMPWbhB8Q5x40cqVL47yytsfFj0h8n1EMPaZ2AvqY2fQTI2Ef6xAoAKYrtXF2gCcZzJ061pY0a7gA0tz5zkFP2GzaEWEPRcTQdQa+I5XTMiEqft9yLarkERGegUYSl+borI+BaIG6Rvs9q5x3dnU/wvDPhLWVhhlFBFky2DRiEvdtsZymNxHJt65RQ5S0QMkMHUHuJmGmJmglxRDTHibuhQ73Qod7oatytLRt3EN7W7jH0VTkm7Ee+3ZbRT/pItGvKO0S6IdUj36jQD/YnfHoZxz6SSLRDzV79JOKN9gXaXRGoi/W6G6JyhEPG95Tt889NCQRJIZQDup5KfTfU7WYEZJDpLTiPomng3u+BdXUio9bdNihcoQ7n+EpF72F9zUZvZVXGYlhtwsWWER5Z+S4pILxDFVPInNI3S87xT7NJblh6QvFSBkwlsPoaYlezigNGmwcYj8YGmlOZREehxCPuTZ65A8v97gfXjNE/c3A/IUzB0jvLwYvaF4vyYtPWqBsE7SwVSenGUzMj+Lszc/YNa0JC1n36T/C7Uns5059TvZzz21mPz/Y4AVAkOa4JKvzwxlkWNMclIAZyi6mjtOrdBeJUNGs5cVMfi+YO/j+nX07qovhUbP4JGiJhdEqF2KVCzEInK85KAfEZD4+b3W1SBCU3JXAInro71WXiS7tM1aBqMiyUcG7XoJU19MY92L8crlGl8YOzaGQVPITw0/YMH7FpbFegXV4xf1+ZZStuhZ/uX55GYtvF+A/axWmBSj1jMF6YpETvIB9AqAQ9g88wEgG5CSloowzRp94kiLRVPm1Pe7LvUZXuVRJy+JXcZXK8Nri/ULHQGLAAKt5UqttqXN1el13+RJc4A6DJQtMZN0Tt3DSI13b+uzPrWUXcxrKV5G8LSVLD4RlRdkDYemVfYyQUB18PzJV5iV00NReXReUZaQcRapFPZoSl6lWrstZuN9Nm1vlvrdbzvZoqDMqxqwl0d+rs0kXwA7XsEPD5WwOH53g5JgzboqExQexsroBgQxjxQZdxnpYW9gGaYBcRXeNOCgjO4uCdoOgDXwcwm0l1yxa56QSLT8VQoA9IaO7aCQKUSnYsQft9UrXr7u1Q7I/14L6oaOAqnv4B5wG1CxRfd3UeSlW4zip7+HD8isLdfERCyxNsIKFGOKdto6lmSEHe1RXMEW9Hpgoh3KcQspWLWCqModLvSZhpiZoJcUwYjBH9EoceiWKXomrsS+ltNErJHoVZQz0yMU9rkevkTZ6YecVydtSsuSKXrnaghzRawvL8P1y0MtlcPOXePQqSqYmHr2wlsxDrzmPXsCbRJspZcI/L+qO8QVXpV0WC2Asugwyh1DaZ63S2EQIyCfYHaIkSpZiPeZKuYq6ZKyJpmCpZX72BkvRTmldWgrk7BDNbvbYF24u8wGOpniNw1iEe7H4pMi1GfpbfHcziPQQj3PicQcd6qia1vwKddGAp9Q5xxmBoQ0UrawuM4eATA1inDIHH39B6bYXFI+UG1uzDqucaa8q/j4tXlWJcuPYk3LPIQxetQKIDgQBtxeghwGt1xg0WU9w5MHtl1HrUTNYoLrtBepIaFK35YvbTvJLHjs5tXDiLdYZp6esExDSePXQG0HZBYwBJhDmPin8bjqjgGgZ1x24w9TTXtlhuSWPNznsNlcc66O4C6XOdxjbIzNsVfbXlhEIr+Q9lkNGkOlQUb0NrQ5y/RKsF7UKSZ1xblP8rlWRvgVlmSdv0+KkYWqhp0p4YcCd8jiuDDxcxNs/qZoK2c2kDAee8CLsxEX+JnSCRs33u6yna0CgEx6B9n/exULf0rDdUqNN9NZb9aAtxu77f+hoztj/p4zmjH1iowmqNX80P/zfMZq77KLRREP+B43mh5/gaN4pig5+iBRWZAjNfAhY5+fEK1RgZZNPsPeysXNCpq2LtAoKp/Nh882w+fn//tiVukmk+9EFtc6EP3atowESBOgyFMW+0D3LlJKJhufGGFyLMOg18MRpFiix88yuEQT15SvdZjVSbX6rs0BMVoI8M+IRAqClwVOPeM9em3l1cG5r6cRK3/pGS9erFzgvncg/b6zU9DJ/5R2To3iPHVixVs7X2xwWplsvf1nI1N+pZhyd8S+wzON1vMFuBIKDi0a29SJLl1e0klCHg6vu8hE0pwAOh6BqcDjiIfH9NeUyTmCtMhdsaKXx1CrmynB0gKvN3CD2pciO6PZlnfdmrjRFj6LIdZFLkFMvbmgVjnWHiRbnkZQW4ThM+RzZ+DJEGypw2BFkHljapNd1Rt2hMsdWJ3JHemBXZM7yVYJXyeBVB4xQVnb5cQOOHBOsy7ub0DqhjpEIj8DqyO5R2XfygiXTsGUflUHimGSALscEIIIdbd2KDa6RZ1x9LTgugDzi4hupaFyCgcv1SA1nUbqnImxTS9oaPGDlruVNKdn9Em1VeCiv0PFGpA3U7Az1plkpMbUejWZL/aggkziTaDreIihI2voRpf7cC5KCBWUP0AD8ZZZwh+k0MCSMHRTLLhKQX52FgZdLGxyDHSB3M/2vorg00dwngfI0+5DwnOaETziNhKc1u/9tkLBXYrJtPuoSaOWRC9TjIlSvdpuvFkIBudsIFTscShSxOnwIlbHFwS/woe8gmemQgtVzw5wo1lg3wt0nPMLdc49w94mOsGPd0UKJWT/M1g/zYJfJ193WYGeKzdgmEtmxmgCL09ISj/Wpg6LtlTXXukz+MCd0oJmEc3if9FgIxCWwDkqiJZHIYwkxpCOP6E1KnFKs8pKquLTEvOIAtz3kuedj0wmPK6eBKz/d7Dk7SDhwlsjzEBLa2PQwEtrY9PXQLG9daaNnOt1bEeshP/EEKhaa0PTc9e+iGkEQKFpVfRk6Uidd6kYx1VSpUFECBWMgSLQjYFO/zLh3KxzdWkb2qonUsKGjT7pRW172kGkFbMsOKI3EiBEB6Z9Aa7mOG+ieSrjJy7s6gVSoVCsBesjvLtOqBhhjSqki8lVEwyrwmof8g+IzXbILkISMVJWDV0cc3Yibu4xl41XZ5yhyO4gF0ZHx0Ua8V2xTOsONJ47GPIp0RWwKLAlJXjj4shuO5V0up/Gw2uYZKLXewSXovh/KQP9Uc1gCDvTx0CxbOMDxOQY4aQ8wzFaq1ADvZLRjN8Bo0WOO7Igb2VE3ssWSI8t5vExHdvljjGxSLvMjm5x7ZItzjGzsRnb5Y40shkiL9yM7OhjZ8Jwji1fliAyLRML5I9tvj2zSEHkWj2x8rpHtP5GRnTXto0aOLEcqVitLzk4/xxfp1/Up8S7uVweh6KUzv2AROKO5MU7IsX/XnCTvDHq4C+0Zz9aVaMntGngWROd1ciwwaOFpQ48twm9B2qgnUjxG/uk6uY6eQLE1oNvMMsXKmXrQMq6XmokE+JS3zovDAiDhtypL6aXlrX8E2Q2uRAxcolfgMoBcwphhwqL9Y8Q+QDr40+i4cxpiOdxlMAUxhbLsVF3TuUBpzzrnoos4XbVF7fkMe8wmB0oz0fCEuip/KA332BbiEQBRT+CWmgpoGLvp+xO7/hj0J9T+SGgZmgEW2nZ/EqIgep8KXuVf1BaBVdXz8YVNcs35o1ZzdoeP05x4qebE52iO1IkFFg0S1cLQwxf7f4Vv6OEb4RxoBkylnlQ5CFu2jBD+RW6umJd9itAnRSwSpYTdUmMY7BaiaAPa4reazrEHTS1vM4kvcT11FLSkUHEuaqFr2EJX4ItHV8b1koVHV+yMA6ArO/XTmDxL1n+T7xG/jUhJFneIqMNO8VHFjufs1OehwuFKVargbr+VkStWOTUSbzJhJN4ZagDxBsFNdTOh0nVqzaR+iJUCr0KUFNiOlZqXzbSkwC53xAPYYWtL7xpez/bZbmXdsoHJbVv4vqzKN3jzc5Bz0LzmOu004ITe4jOdkKeDBrasJqCv9nz33Q47/HAmPNeXh3FmiC9fFeUbF9e4057rwzmIXFyVNxiQXqpW2jayc4ZzZ6zIbhXZzaVSrnOYr3ff3Cw0xPW3GW59cd8tBjFXkmKanDy9o6cKWKcE0JJoGrfa9RBjYjRfrOmp4Iyik28KaPn+wyKEXdeckEAZyGkklM3pQcIHYfaw3TqlLotaJ2m+dYlr0i7wQtomqTNwGg9eBaSl9OHVPNrt3R2ivW068UQafC+WS3fwHfGkYpBldpClNFQNQpsRZZvjYZvjdpujRRISfMKOBL4jQUt7xXUkv5O4pYvDOZsBGu0GNnZ416oI73takRtiiekQo2UOAxB1o603fgaHQM6NWFsGYznqSmcjjKoe7SArORvvtHmVBmP6aUEIsP6ordHXsJls3i51Kjb82sizK2TRZwE/I72ojZarU4jCKakPXMYZ4TL+TVzB/jfhMmZimMyNtjn5UqLjyztdsfovVZFHqGUEkAoAcbCSOVWI6MZKEhG5VlY9zLv50M5fiRXU3x12ArRIHSascptZPKFDBhOd1aunBZib+VbIYXIml/SmfDxoT+ImXsK6Ftc+MOYxvagRP33ONoA7+lGbsO5xWzDluE02QBVLQMF0OlLBhCGhCjyCtM57LoK6BWpVHnK+NZxwwD9Of87JzP5juyo9AWRVpFR6EqhVBUvU9IkfpaZVMhmdglbg+hC4PgT50/BSj7eNq9VorfMloz8v+dQDIq08HBHEbKrmtAQ6nQMSSf1A7xcBm2t86wtEL2X9uCRwJiNIE53AM3Cc3uhiXYp2/t4TyP9TPv8TL5oT8PGL/vduPdAhicAuIu54CbUSrTQV+MVQy+Jjm5xlnpxhcp+z1PFWqeNaKkNfKh9rT3kXUmPawrnqnOWj0758lfa12W7/GAIFPhTq9Dwa6Px0nrxMsZ+bQ5pRHdfYGjSFsVKagi5fVhkEl3PndjmiG1WqAn1l3jahsnIZwpuhQZ5BvtJpLKvrmuu12NUb7BU9pIlKI0ppFTjFBUfr5IFQ8V55zdVGP4/ofwBcmhbBs1o60i3eB/6bhWpZLHZ+oetdob/NQheXaIYlBiyR5V1fxQiuUShcUSfkjQB5ljZVvMlKnEuQLT5l8zaP6PnGNi8ZK49pdL1JlDQeDXTqPyzLB6f+XXLHSvcXsdJ0VRw2UBxuTJWoFcSW8rCB8rDx+syqPBw/tvIwtDny4elWQlwxUjPKptZy6liSjlOr1u37ULW6U8Wo3ClT61azTNFW3VSHqpCCn8WV84BO/Z7CB0+owOktXP7LUJd/fx4Ue71mg2M1mpLiTccHQpqSApud4aETlIh9INQs48yi8V4r+1GXXTO14utamU60M8mU8/GsVWqh8Q4L8vWubhUzbVrFrGp9uqYVH2vFN7bz6Lcv8oZuIjWKovfDA0qN9UqodezJbUiFK2ByzqpJ3CPyUtMfMUMjvbkTlOS/9OMWzqJBj1m27FN8kfeqWQ3lD/SOvADNqXjFD8i1ypfVXRxiSWu6sJyhd2+iLUJfwBRrC1LBslVsQVJi4wVEuI2p41M5FN6QV2bnKmmDBONc7uRtoZdf/h0SiypFMAacBSbx9oiVxJDlNlkrb8a8kCx1aKfJzZNG0p1lJr1alyFFJgKKkMeQr5TwSixDkCiPcr/xsE0AWxwnYnry8m5wIc8tHBeMIMI7mgwZXA8DrmGSXTXh07jZwBXfRK/4aud7FRMy9sqpuWiL9LRdTaxDZtZmpvwN/M8tGLB2U1M0tQlQAW6wZINBTLXlHTYYJAfe61sNTpF2nYSPPdgdHezYDzZlvZkbc8gkb8NLjnm8eMypBaHjSPnGL7H7GC+IY3W4CZT2+yCHES+tYowwgNJYpR8RLMCcWDFHLXW5fc4CUMZtUC60xMibYWhZ4G/jfcuWMeehFuKuoPYuLAOaB5bsxeOWcfKJlXGEHLrHvbZSagkn1bgiRdiRcittTuhG3o9Ak1GHQmZdDiJP8BPZIHCzgylj9VgqFQJAsCMjQC+ydtydC/sGntVPiwny5nPixfmrn9FtktO/UjSNcu1MFbdWp7iFoO80/jYkgdLy/RA9UBpBsURRDJZ4In+Xj/xK38zXIGhow1/j0mt/R6+0gh0ErZ2/JeUnli3TJG2xydFAB+5/16aizsteE1A55JTXyY/8lI04YkZHTClpC5UcGb3Lm0LSUkPX0/t5uxcSUXa6jF1/7RbuLzmuzuI/yTVExkLiqEHC7vXB+Qzqtosrfh9lEwEmgR7WVlbNprXcwD0fwTh+VhWXIlhHl9gav4YutDX+YvzcWlyL4BYmFM/1S7us3E66NPTm0mSSWpyAQJ2WEwLdp0RuFx6Vps/llndAPwwSK09H4qniwxHWdom8DpEC9wVVP+RYrKyz0Qmg25/Am0tDhuIfLZswLVmHNjHZ++1x8Xy+2x/j90BcvINOiaKp4ncipDzI9DmkP06bT8Rs9Dptcw9NfpwvCnwA6VakLheUIgB+jYEvtFg32TEuePI+XUy1eIrTf00GjbdFkVY8SM2k9cQ/xETVf0uFjAlmeQwePOG1uBpTOCz+2VKV0koE48NXzF1a+RKvA1525ZSQ6m2PZ93UPckPOpMup2UDkkqLUxg6DwaNTtHoVTi4JpM8JgnllCdwf2Cgs0U3e0gvfp937l/MhiN2a5lpw4U8RUi4rZIWQ+emU0ba8A7kxq7hfMXcOIHRhuOrVdrwlI7PJZS2Ave3J2oQZJ1XuFPEHxBD24R3YmEW0btY6b6t6paOOdctAd7oWsw7h/gqwbEabY/f2Ic+qRxHQZ/0UWH8XxMHjv502wPKdS92sInZfOCtO2sUvPvZsksPi7Xa8uFE5M1B/cOwDZxFSMPkjCCmEpyCK+IZUQlwJXTTeTpCEWu1pDVVgqDEz2qwI8U/RCVzlo+ZMyqZM0P/MRwAF5l1bUB07gbYx26A/ck0IDx3A8LHbkD4k2mAPXcDosduQPTf2wDvUsA5Z6FcjZOWuC8xWOqhWnGsehj/FC49C8As8LyaBzJQyJHYr7VnQYpZgDfKTWd68/YnNguiOnGaHPNnQTqcBcB+WjlVrZcM4Nb9aBvqaQvvEoVluhTeSS9aUE/PBXVABHMxI4QIdW2APXcDzGM3wPx3NOAJD3s6b9jX68IksP3jRQuTWzaHVkblHiEXp+f4jw49gY82LvjmL5/ANyW+aTXuI0/gm8NdfvRsflTa4g0hMmaqaspvSr2S58Vnamh2+MVrn+gX7jK84dowVfxM3vcJgqT5FpqLQAqPcYsZVy4YHJ5+qL01FldFrEhLqqy6ZI311B8nOFYVrtX+KM2QcYjJQyLcakI0XpcLx8cUrwshWPJlB3qavO42d97dZnfsQI8ALqukn3hYRzuFVNDQrHr07Zjq/KU8x3Kl3qCQClRSGxRHlatyCqp6liOWzXlcb7Z4SSxdQkQDUeZ8xRgbEFfZAmcIWOInviiE4z8G+RYvm6dirocyQXBttI0QwxekLN+1peVrt3fqG2aPy1BNDuApamu5lJaMujLLirTkoNlJ7eIRtWiorWNnVRKrwvjrl/zm+OJvVDrcdtvYtqyvZ3UblyzsTxyMaUQXAmcJOHS+hnxyyQ+PLtWKnrbCgx3wOXcRX12qiOjOBUXQf1t2juYfGzb/hDb/xMLmP2/JD78+/HANv1vzhD77U/8ZpgDwe8FnSw/Z15bq6dhtS/YUMV7LLfJLlizs3y8uawpO1s6FY19cqvIQOIZDg8v8N2Hrmz/jN2H7mxDf1POPE73fyw+G+W5w7X42Oc16LVnsEsK8Ouevoemm6yIREsWqjcFMsM0UqQCLeUQeZFDyDRJy9n2Tsy+iFVGdWJyNOSaX90SkzRpssnUi+lZGaOVq193AwUlbRnqs9Xzb5oMP1j3uB1kzjg8eL1PGTDud6c+yBaABQW0DCHKzmADiTl1tv8hmgNfvHXziNnzoLMDdZ2loiV2lYYQrC+DxgaUYLFIxmKUYDMF4je8cqSt+EUnqjh61SYqKwKy+o/gr7Fstc4wQxkl1FToBkPoh5NiM6dgsHpS2R4dxwNjFe4j/L5QeODgCKniSERegYfHj3t+01yKgJe1uqrVwVR13uZpMTTXq+hiXJscc/b/NQ1Sr4hb+QdziUMl6cUubijvt7+F9lmiRdmNObxoAszdJI6i3XtN6GkROPFMaaT37IaFgQaWrV6uP4RTa4hZyGWFY2FD346Fb1F1LWIp3Y5OhKIWCc0IFKMj3+f9mogGNcPha6DTtQQM9JiKSYxhiLucsCmIj8ZbXldh4XrZiqCbXFDI9GBe8R3BlJU8MYD8LJwPFW4kPeuIRFfvD/GISpjtUMQnRlxQrRnN9KH4rzL8/tLAZL7wt777kV+yfWs2lbUZDpYFooAISzql3sZC2c6dV8C3aacgO/A1hBttKXkq9aCSuye6STXp8J7mWSLxjNOmdW5uLXiIdlfrE6h8ilpEqglnBdKveRo+0FhQsUQhIEklEy8BzcUbjGKK49g4IHCkAhzvxSGZcX63/Ig9KgiU4HB7S2A+Z8VjxLSa+wdjW33xKQfVqCFWbPQ9/SpzQ4cWoXGLDw1n5oSvM4h2hVO5lhrEuzIhx/fGiyOVBs3dGdldPbh6WsiFs5eUrHTstpT8033RfnK/iExCCQVa8O0QoqeIN5iOGaO51PYiLWH2mALrwtuI3Q+8bRjU5jPpdiWh8stiCM+Bxf5YMx7AUQE0+al45Gf1i37Yux6IvUBoK6WWneA4g6C47qV+RkFo+XNe8d9jQeYd1iiGjefHKKMhftdKal+V6Bk4JOI4Q2G6Y0IVZDtCMFCIh6YTcKJqQjuBwB5vWsuogWOUcyUxcq+dR6m31QpjjpT7rjRNVH9367/mDbKC5EIqdciRUDk6voqZEUq/sNMdOyxi+xfAsgrfzEgA3pkCr7sIdXTi58d4ynJz+YfjKyTX3bkd0+mz6yslxpApkz4y+cjK7dzteZDtcgsTHd2g+pK/Zwc9LKWrH9u3bpchNO+5/ZvCeN02qDqmhqzJ5vX7H/eJfxr0x2Gnf0A/55lntNyQoV/UjvlnTfoMlSdQaYr6p22/Q6xhmI/BmVfsNFs0E9iblzf113pz3kuE77PZTGCvBlZai9SKVF6IkDEmgQCn5Hw0lUOwOfLwtglJH3nRv6OeLodSVN/lV/d5iKNFL3Q39/mIo9eRN/6r+yGIo9eXNyA390aWghPtFo1f1i0VQGoXI/4b+MoVS7380lAqpbtlV/eWLobRM3iy/ob9iMZSWy5sVV/XHFkNpBfyn3dBfuRhKcDK48qr+eYuhtFLenHdD//yloHQeHLNd1R9fBKXzodJzQ/8ChdLy/9FQGpfqLriqf+FiKF0gby68oT+xGEoXypuJq/qrFkNpQt6suqF/0WIorZI3F13Vf9JiKF0kb550Q/9ihVJ3HpSeBMf3V/VLAGMelC6G3b1S+GmcIPSv69fgV5pA/k6ChtEHBVi0R/yTlb/tfz94CuVvl3+K5G+Pf4rl74B/SuTvkH9K5e+Yf8rk76R/6sjfI/6pK3/b/2HwhL9d/qknf3v8U1/+DvinEfk75J9G5e+Yfyrk76R/WiZ/j/in5fK3/R8HTyvkb5d/GpO/Pf5ppfwd8E/nyd8h/3S+/B3zT+Pyd9I/XSB/j/inC+Vv+yODpwn52+WfVsnfHv90kfwd8E9Pkr9D/uli+TvmnvQ81zaHMGa71B/3iBifW2oh8y5ZMyzVI42haRVaVg552+kGWURUeHzy+4PiUsiDQwl4uCRX+qz6J7Uv8csPLewY5ItKg3yZSBhKyWdqI+b4twoGNu9506cD+BrV/FaqQ/6YuoLNZXdU0oTK0gYz0xtb2WGdqNG0a+xonTQebaSyZp2UgK8jLMhoO0GTSBFgI9xK/Qhe6Eod1V2cuVB1rK9LdYZa8lYtEHZjueuXOfqToT/54v4YyRfCxSXyWeaDaliyMJ9FPgjxcJGxvdxWUArR2XVAZ56CvdnlO2LkaY9/QicP4MnnPOSedDZvnzebd82bzXt8DRFHynfW0j+eU7lReO16uXPDC3ZZBNHCLVZWlVmMd3RB0WekTmojdA8XuZufQZG6NXAmxaQhf+uqtpfTyhO1HKS+1VNk/Yr/DWWu9uatygDP7uJGAj1IK6HXy9sjjZPbbUcl0POJBNnXQ3swQfa1MJvG2GqxmtbsegVdbSdiBKbZD43wWUkg1/5tY2J3dOs9PoeUOnzP6e+uRvN5zLFKElbJ6+L1ZMBX12CzqxjxUgWElW02016GgY1d7FNmvv2pYErN6+9y0eLPeRURttrCQmN0m8/YGhUjj0tRVEDmloYtsKs22LWq5LIeaL8pWCNBwRvqxQcS+fmLiDuVf/TePq2EeuD7NL8hD7B5LvaoKErlF+qoX9IthWtezUiVvHsScGsE1i9xPuFLOqKXStsp1FQli2y5rXmtUcP3xt+Ha2CEn77CxBU7CpXwQ9/9VNA2WeGdxXI0cAcplG854ZEGSw2LTFpAlK8fB82EFvsV0WiZbwnj5Qua8zitaLb95Jvw4rYnFefVrwm9TxOwgXeUVilGzzvOglOTaCmnJn24xwkWusdRLUvs/VdIDDvctmTgRcaquRFFXGnAYHcJsUWkypxSuNoGdrfs5EnvwhtusGNqlubz7rQAMtSP9v3Trag0gbADekM5KlygHBW2laPYh3YxFB+1i2my0kBPyy4oxraLsSxmocww9DJDdAb6RN+BssfiuiBP+XesoQU5LVMA+HyeLGHPOfdZOqOPgOxPwEdi/hYgIN1ZwvT5hSEFK7IYN+oXMhbhr3cIDIGJ08/FGYy9UOYe5TDwXqEXMvWLBF8k87+Agl+VgKg7V2OSFy+ugpTTqG5cMmzsYzdMKr7tR2sYvvjJNOynA8QgBklImtVhb8ijMOcUF0eU8q4c3IJ7xvCTJtOZNT9vgLwB8/6ysW2r/OAVEkpdXpfIU6JH3BEVeCjZQM94H6n5xj1zKtAp7qPRowg/WfGcgdX+/9WXTKyixRkI/Q3FtkSrgbXv70QDZJbeTxCRm0BiNKkPGrGHGcYpUC6+Lg+sojRX5S8PnQlzavEocZXXf4ULuBCd/PxE3Wm6/6nKVKUb1o7LDuV0k879RCbONa+Tx+nBf9sqGY/RyjrfFJPgtrKmKyIYudmS0dVZE9HuDjTcqCG0OZIQrAeegtr8l/tLs3lCRPQAVYqheuBeZ3NZsw1ydHyODnNQn6g5+BY4wSl+J5PHYgplltDJWFM8IJhEh3+5ZjyMjNmSGfFQ1KZVVya+iDhlkGVcFI2kfWBdfmGijgAD+hmIp5pIelZmdz4AfuaBYl9WdTGzu9gbD1UOsUaneiR/NRUfBRJOWC41bMG1kACgkMGY3FaGvGf+QB2+9N57Xkn/h164DU0u6XmQ56+2xs6/EpJ5nwWhsC1KN43znFr8MZX5nxlslNYnvLnPaxp6eUHldaobGyLXpZuCJyN2SfD8S4MKMViHDdcgBuOw4Tr//WqJCWtRqtCQF1M8d5GzQa+K2CBkgFV/fqdG/RHd6G36G7Xpz6sq5lwm/c1w8Rjcusif2z4z1ltExcdDtZXqXdJznrR9Rf7AC0JPZ0uB8HDkYOjEoBHcL0jsKC16Aw6HozqmAwasD0tAslmLTh+LppzvBc22Ro8J2gATdRAZcbhDAIYBYKy+DbEj0RBkh6PFMEOznhjQpLvnAtqDjwu0f/FA22+WAtqpYCHQjhBotw9gdusTAdkjcqP5sseB2FlA7MseYlp3G2K3DQF26xLwuv2Jgmu/ORe4/uBxwfUXqejhxwqupY5Lov9Shv9l8vKXlnBzOnE/5v9/KQ1TrKYk13HT84LrqIX1daE7FmcVW5ryWghqYYicx4InsOOqs+IVtoyfa2fNpLm76vU4A8ObuEhFN+HnFydkI9tLJB1vxJmn+KR6KX1i0bSmeraiNQXvC8tO1zlyTZYiGpOHSCLePVbZQfX6sjZ4HW6vOkAILbiMpMQy317lrCJS1SS8x0X6RLYNbHJTshulPknd9G6zDj+lNNL5MqYwXV4NnnEG10Uwjp+s7iMo7q57Zf+mB+7GMiO7be19D73vofeWMLm7BmAeAEjEPVfvpcz5wEvpR9e8lD3oSvN7Ye6k+jEsXC9qt5gQl1USFmvBKNKbiu8HdWf5xDZunq772m6Dx8trbRni19S+eVjm0ZyEbdFGlHnZkb/+3XXnhQ/cXeWwkWu0E+ELW10IXRcQaX8mHRp8mahjddqImZZrHAGajs780KhPFm2vgy8MoaJ9t+PnrhK5EJs2UPuT1qA+JOyQuu6W4rU3twKYEt5Sozk1MFraU89Da7h4GiA2WIcl8dT0Io+nik7aJxkjBYVDqpBEYAizkBkxkJJtM/tt88Vg7Zklvps0Vcc5hysk6HgfceMS5LRg4SjCsVHTBUmYM44mgHaZ4itGvb2spdktqojGeF5fdRGsUxPWl2uwEVzgnq6cY6opzNkumVUe6IKe1VHp+ehiBUypqm0VoW74uR2SgVDGk/rTEtKYCUKwc1hzgYlvs6Vog6hghbVer8EVro6w2f1WbBF9BYbNhu217Z1Sfnd0iu8aCOh2G+EdnN3DcK+AaMbFZyW+w8V3S3xatecOBWhI6JoUoSVGWiJN/sKfS43sEjQEZpFZzJvslpB1i0l7UZWigWx8b/BlpF/OHZYvY/lSW4ldwwxP93b9eK1E+e2WvfxtUn40r/z7WP7sT6J8+kUXHvujb9VadCRerMGLpPqTX5MXCasXCXkH4h+JHGTkxxyFh6TGZEEvj4gTLl/N3KCaQz9+NQsr+HK7giODCo7+pCrAOziL2c5s9CCzE32NNwUO6p1W7k5zHM3Jl4D3Nz8t8A5dOw+GU8VD2X9/59+LQUxdoYd+QoX+BhCzcIUe/QkVug8tHXGFPsRC/587NEnzya8qxuuY7DIM9RPHGspnFnuGUAsUXg7BxtpMwFA5OA26qKDazX73/T4+iycrSOD2ukx7XKZZl+k+CWnxxfjDe0hSlQwWa7mLVr9/SsHC0uimemeGZMifiodAWLXTM4Y0i/EdEp918WmJ7zZKbV3Z3+EMuLVJqDoHZpWFGLSlOXhKkPUZmrPZi4cHv+N0RhTyd/l6wtt9NeGtrEVbOqC+sc5/R9hDD3a3ujTfctNUEkyL/j4zmJMd7FsxXPAyMPwuar6HLzqLvhCXIgNPcEt+SEBcQV8jHMTrORrECja6RJtDbBxDiKWxeBVPK7vFXyEOb3wqpbZqghNcmFpLp1CEa2/xvceUi6BWqR3YNATw9CIAP93z+Wa1Kkp9KhzekgObMJB8n44GW6ETZqCRsl45AN4dBcphU0SfAjxb4AmAO3GAxe8QazDOMiBF9Vmv19ergLg3IQ4khNcIYCgPLchZJPQxpIsU1RCjJuZSu+sNXFr+xkwUfxcj/y1uXPjRnBq6Kw6l8rAHVrQA85RHAcVhKluxyrs5tXggciddAzB6GxGP0RfXGVEv8w5C+KI5iVZJk+nDJsExhKg6H3VR+eSwiwb0ZcAGFX+SVmjTZyMcwcHjSeI9nrBB9JzfHAmmim9HepfXIoB7HJ4/JcJou1dZZfTISZ44IEALnttxNCdqkgBcxZbIhPo0j4AuoaSCsCi6KBD2GRiCZnf3GBF/CPPsNpsUayDLRvxcBjRlV+R3DTagSD1kpC3ufvOc4RbU0pOrcbe6D0MKb5ho/B7UyXlib3obeHWCHOelxravEbfuEH+G3GPgBYvOOWXCLRMwMz8QmmS+uGh8sG1XX71Qj1KbxlWiBiKgUM1FoDl5Ug6iKmp0M2ZUydTqxIjwI1UJyilNlHfkWPHTK/4opZqY1lHoLp9nZlGT4cwsVGc0obOwsV4S1svr4jUqYaoNzsxYhsiuqOCop2Zq28/ogZlqzJEYuDnKkwd8hQJJXSLcCcTksMVpVEsfmxQwrGWdUtOe35gLKIQofou1l/hZXTxf0kY3BdejrbQ3QvHnnFQpO0xgr1XsjYpnUyhNaBBNAOHvUxwRARn0fGQgZmjQYAN/zu7QB9kn2pKtdUtIHT67UOrQFjjcY004b5i9aAYSZePqZ3tqca8QOx2+IYVgt9eyk2rsJWQaDhPDjRobo/ivWcd5G2vPQxr+8NIcNVygIIQYnN/BV60X1+B7IoKT1qwfSmvWLSGt2fjfLxH8o8eV1nz3QvtkpejTdsGeTnd0yyO3b9tcWo8C1zhmEgEo9nKAeBm9pE2Uy5rTom26qlwmxKRbpwj3d5uNcvB7UWnpyOZJEj4oIRbU/RKOh4+pX1im5UUYJ0jTt81/8cxgfW1GQhsGArNVVYjKjmaDA3I6Ad1LJmY59jayxf8mN6Z7DRTubGl1+1/8eaxCD/+Hcqa76Dq+l6/l+WyHJXw7bhyLWD8FFuxFRP6USXPzBHRFIhtGsXFbzu2mBbG7m+XVeZK+fFNwV9OtLpCoWNG+s/nyRz4dVKKnjoh8c3sT9DpLfu++xXSX7/DBp/hBLzpHdjBbXzPzPvn70/ykHC++FPXCx/juK+67VL/7O22bAgPf2ide5x9+rFWneeyuESRDWOSgfFtEc0QAbG/a2reuAZ8ZNuA+FPQq3gxUNvp7B/DpDJIDx7ZLe96FV7ahRemrJjYFZIb3qhFjmPhQG5vFt2KHEQYY8XiNtdrY0wfawPmQuq69EyMMgeuFAMldMvRA1bzqkyeTIuE4ifzh3eJMSaUnN9VRxMjN7hpqBIt0uZpJYIKQhdpQj6Qxak62T6V4zIKRn5eHkWu2qLGi0AR5rv5LJExo6gIPUEbI1RLR5U7vxMJb3MHWVqJM3FbC7SIkx7FgCtuN3jLQshxRBQ2zRy57X4vR7PiUOgDsBRyo9eTFGdxtlfCshKN0E4oOS3GP7SeUw+I+fQSfej+hi1/RT6jIK4v3OwehP11KAELZYVPqzHkHDfEqVN9VEU41uwOziEE10pgKqbJAjpVG4As/aRKjnzRRCYKLtEzKXQ/icciKZLHApyXSIqR9loahpQaMnsLqtNHwjIPZWYTiF/MRhHQoZsm0EavKUcZuV8R0WNkvPmDVTGxlEO4w9GsGXoRWZYlEsGvSIxbJNwBChMIll8IiIiykH8iHwXec+IPeeYfkvlnj48qOhzQeeXW/q/ALYY2UEvCpsrcpgBO9EOX1WLyahaQddXno8aGD+julZFiHQSB7V0VAplwKLkO4mZSi19VhNUoMyFDPxbSBpgCoxnDwKEZQBWdCWmiBB0y4Wi1+x7Kw5Tm/DIeYEwJzRgk6+b5JnK2jVlJchbkD0jzolJG24PwyVFdoeNVVx5gZMKVkL+uKuLK6zIAndRkST55c1gqPlVPl+eXKLVJKBDzpAk/KciUhgrTI+SfLSmIiYbtSvZqtVK9mF5eijdGFY9MuqoOENIJ4PSsrmtJ2d124k8S81kHM6GqVA1gSg+CUMSzHpK1toOWoKlci1XHYFJVPFjxfXY3w6rWf0ipcaE9tAtK4WeaApiBkZiIQcScq+0SRxnjwRr2+25luBl6QCF4jjBbsuiH1RU2giGwmqojijCokPrurR+qX6Y4r+/0ykbiRce3TkVGkbmnBnvE41fmFkhxJbyRHj6x+KhndlyXoiD3H1znpi96CaXlPct6nQJBpM7SMb/B8ArbzH7LKYUBawuh+Q2m4QJAl5bww3ciDMz2HBjpTN85OnDeU7txBwPqoGV6YxrfaNDbT+3NqOwZd2tHbIkdrbc9wS9v4XWQF2Fv6bDuYAxvaKtaRrSctRbIiBbgCLGkDTJYp4wHF8dpG2ZcDLzYro80eyGLOU2HJv8a6FQnJkJNxJisKhlMSmectgnS5Vr6OZxLYt/otZ9hI1G9FQsYDCEmsk7QQI6lp9yI8Rc5zAa6XKwlvChDm3xDUdYKa25HmlshY542ueLpcKvWpRzCLFEx1r/kqNGW0jxGUZQgp/O4Emij8EjX9E7ExUUkbHCV+Vhe/XK4oLywvoIDKQoiBCr8PtoStOMwjroRJDfqwojgegyF5rvRjOThrMkmyEI3oKlqc1xiiV0Qjauc1y6+CqTdbnrcpkOWLKzlzBdrSgbkh5mKridWRtpzQbyLXrjd/WtulE/92leoh410KH4zMIbckzrml8sF2L1BAEym02JMcQFhXG48mBM1aGGY6LVlN8fe2XEGpLH5ubaVygNiqDx5YBC0kNRDouTqajdySi/qSxRlh8YYIOPqEhXHPWiRk+1xLyIafrC1pe5W7xlwuEl2orCGkmBbBqtp6eUOEoKhir4OCtkkfuB9vW/B9Qvvx8lzb8T9+rO34vgtsb1tET/uhuNeStC5hii2lRNd5IWFX9450Xby+7ssM0/g6TI6b5fUasiY+6y36em09CuaZ8TV1gZONLp2pQqT3D5nfw/mdIjJeU0NpD7HbPLLiGatfiGBztQzB9dVyKW2vnSqLchQKRPz+mcFeqzpELGyfM3bRxZv3yxnef0X0kuB99tLgvyAqLkEtzwkYPyjxHYjzU3EgK9EIWwj2ar9wj353sVceMAHrSMIzohGC8WF7is+m+P4RU8decIGE/TTPEhWfi3LJ+JCFQ6SR5g9x1NbVL+tI6KREjUgnpXiWYmVuWbbOPiytO+jiJyW+38Ufkrg0JwJ9hRroZ12TnIpTKAKi7kDycRl6JIs5Dun5MdyNn3YFTUv8lIuL0257wrp2hUKbJVESqvMEfOYRWxlA9J8FvGglPloj7atWas11DontSlQM+L1RMoPFnkF43gaClWw0u3gnj1NY6W08l+mcTatxGcyRsj8UF18JIDbHASQQgzIvxyEhgHjx4QhD+iGLFn1YkPvOrVWI0Zxja8Vgmq1ihAdtxZE5YKsEefdL65FPMOb8SftLqACd+zN7qXmzgS4CGhvOWm3tfQhTOQFBmNAkPjs3gzC8NHgDQ7mitCl4k0QhNVFHB/JzJK6TAS5woTwa4/cYBntGMOZPYyHheXFWhCZssKkjjzq4WPgSbwslLn1BDh44bIinilmDL49LV3PiBPtOKW86aavzEZ/jqsuPmt99WOD61OIfE4DuGwTdt1qgO43PJe2EA9FxKQLP28Oqh+cztrrADXmsCFCleH9PWBEVTtocMGbn/hJWAQDgfnLhjwVKoAxGAXPwmNHwiFEQ17J8flsPiRx6GFKX7xI/j1scFHZ0cp8aTp/whJ8+6BunDwo8QgHUAOvb5+Lv+XM9EWe2+yxOIn/0ClC0LxRgOmIqg/CoIWmT3ul8EkAkMnni8rz7xcqfHzWem7nJreivBNBwCjw2wiNcgPB9+0QwHHbnuf/f5tH5xMBr/0AUqi1UZDweT7mB/0asbxUxazvkPJDykFWhKeInBF1Cjy46wrNGw90S4iioOYlxjjHO2ET5Sy3MdNAR8HIDOJMuRJUl7rWw94awMJXrziFSI7AqCCHqpSu9Hl1W89oL23LWyqZLwtMSos6TEo6pV1tlAVJnuZQ995ZdtD0nXeMfQngKWjHNzrfoQbJDrrjMPJruJRblfg3CiPi1abeL75W44EWMtYOnZG5+1RkwKtbT6o9/yh3tx+UYUPRHLhzFtgvc93GwVixwxU+kwHd8RQrssMB8QYFq++nHKrdLomOeF3xVvxfAbwi+5EiiYhsWIxAmJVcyrRA5zcdHBo9n+Tgd4jHE4W9QghwGR6Q0o9E/lWhGJg/2TUVVvYpaDpqkcuuwsUemmESq2KyN2m/Y+K7iIyaan9c6lGIFrEVWwidKt3B6rpNEkWtIt4q3s1+7HZ25z9GZWaEzuc6GA6S1ZG44K/ZJiJ7vpcJlV/qpPFtxkiWNawGrMG+bAu9O8NwTiYXS/jEQHzWvd8y/y7QBPRAicpnkwbtLnHyCSsK0s8B7AhkEacCix/KyjOQVNn/Kp7eXa7dKkhDpeMuuzbqjdIWKHqU//G13lA44f8VWFuExW/VQ1pfJ14jqtCxveD4qdCnXNekbwzXpW4jaTbLYYZg3yaKo7M0rEMox6DTCCzaEZxx9Pe3o68OOvp5y9PWkW/ZOIDx/gwyo9ujNUta9oTbaI0gmBP8wjqG/SPbxMg413uCA3IDdUp7v9YTqdkJ7h4EpWbDHr4rATUmA8xFsq1ksy8EJFwGmx8E6ZRYeB5NGP7Hj4K5sJnRH/tgDsd0rjXh2e6aVb2aQb9cg38/57U1Hdiodf76szs5SoQZfCMuOYBR+Ivxk+OmJlK6jO54uvNmwkHWDA7TVsuD7I7TVtWldZHnMPSLFsc7uW3Mim5JRQI41PInzaiHhQrUQ3rFYrMTxpXMocRxz1mH3G2foebg9i1rbs0i3Z1EZYXsWY3uGOHxVyPZMVbmxsdKbgurzkKKNkEfBn0pLdnVvp8ZhhzyobKdTW3X6fJtaM0chtzvuU2YotnMR9iq3SDCLJYmK3liQ3mS0yj3G2Z/mBpGHeVHTw6rNJs8YtBOXRCFDSUt8OP+zHcZ9V7wpZF7ZKkyWr95gd/NTKD0Ln+KUUuGekuv+N0MnCsyRSfVq9mpdkllVkmixk+0ujXwAw1LO156gRj/Ap6CT2hyVNEeqN7URUfUAx07ejp87i/2RO1fH4/X42Qw8kPDyOkGw8Vo2EQJg6L4mBMV3LV6VtRmYCIz5RZXkdGmNNQZaBjFMedIsthgraiFLnany7Q9M1RHwPZ/nFJQI9KB0652q9aacL4uBrZ79j6r/KJ/w4IxLKC7DjMLRRgTRzha5Q14bbNaweoe3QRxxu+Th7IOtrUgAp+hUYnQj16XxYZdCAqhiz+5Sk1re4HokuK3UIqL6/GDJiGgNHMEYsTXDO101kJj5VaMxXBhgzdtKAoWEnKFIW61Gz/Vh1eDhmca2b3VqV4o/0VuxqgwRDa6fRvmH3Rw8beUgSVIyDB6nYNaagpmqLEsEU9BCT4pxOSmBtkLWkpAw62Z9vRbnNjdrfA1m7k3yuqSAxGd9kb5ejcn8Yo2XdYppl0HpBEffGVCmh+Ay+Wa3hcnXEKMHcUOK9N0WHLxl1v22zj0vzgJJfY8ZxEWXSKQAR1z8PokfcvEDEn+IcewwyONmOGE8jtCQ26H52OJLrPE+qVFrrjuKCZjSGTWqfp97mgzHgfI7a6fUmKKW8zCVMGWZlJB6gB3yCfpp3UWihHnxRXCQn5SlTIojjUPXWtbUCQgo1wZatmyvLH6PCyuI8ASfTuKpg/Uza/YL67RGwgclfBpeHmaWI1Y3YYjf6u2193GyogdcZOUAGEow7mMUiml2D6M4OQZf5UYGYhojVX6WRv0rwgxkY77yVo/Cb8ABgWkkClkfgKYCb5o+kZ+HdMJkyptl5M0kucC7o/4deLOMvJkkZ3h3yL/LOFDkzTKiNyZZ9nisWfZYrJnXcFFz7PPX6uJP1Tq2mqbW646YWPmf4PqWpc5iSw8MJg8x3TAjvWBVLRmElKXWEl+r8aLWC1nOV4f3AreafQ21rxSvsjXoKCb9fGpCErCQmoSc7JKXC/ZH6FVfTv/xxFETuOOnxLCF0n7qtX08Hx2aPvvVxvx6fhEFs9KOq9SoXsQeTWexoMKVeeFzi8QL2S8+R3Y5asMXvBvPM718BWJrVDK8Qy5yIy0MxMcb0g9KAnXQMnnYP3gIWF+z+9BnBibh8s3G4OK0M+nL29OIRnrl2JA1ciYbIz2p4d7fsA04vaHUecgN5v/BhKA6LC6U4lgaDitC6EkLqGorWhIXomhah3CFB1TVUw0otdqJRRk8qdbVvp/Oel5oorZhXuXLpOjBFfhibbs0qm9EVaxtt/PLi71lRtrTXWT4sfh02jIDPcWPqE6oxmzVl6xemXfOwV1hmx0snhlk/QGEdRWnpzMrzhjdaaOB8jKU1PTJmWJt+88I8Xi7Mw9KRhKKWbxUDnMYamiYA6hux1lRr/mZ4myEWOEGg9QCwbjzlV18NMWLCOLs4mDa590nvaBtr8zf54wrTpv5/LOSb1VRCKV2q3ZC9aAHdcSEQRM5rUokFnqGPKZaDxG4TgW8BLxjRT22MtELQcdx1KPVNL3KAC6hcur6El3myMZaZU9Lv14tQ1to5zYGSpsWBwiUi8OSDoqnp/UtbthVISBEEwBL5yxEj7kxlBze69W2+XyD53OcUdTaxmC/33uen2/SHoqOI8CB8TqRJoneAx6egmFGqyMEZVUgcXW1jGOlkqas6urkAWcYX1stD/WIvG+d4l1XkEiVkcpU3Z3nU8IUjELVoc8cEbxIpDSEUHXAIqOIMuO6XIVQM+vLcw/KEVcREzu9MCZEyE0HuTOcL9mE2SjeHKseb4ggw8W0jhrbNVQ5cfZFemAcry0jad9WwazlV/ZTpGyR1smeNBFiRlMg9L+ENunZeooPUxmo4Xx4SrkM3Q3Kgngr8pG8xa5jFQISxFxTEATVCoxcphNmhfeeA3s7Adnvk/e4Q/ARNSd75MPCA383cUS72SOPTVRcnNf6PIfnpLhYDO2amCl/6FLEMTfvzS808gG9zox356ECBv0yKP8g7EAvQjR1zSs3b+0DlRC/e0PL2odrxFHXCDpOE2DIaDP9A0gPi4s9VbTX9tUEi6iVXa1RU0P7/1p4rxHrpFcB/NLcO6CnAa28QRUfGlThwLB3Phh+39U0eN6HZyvP56t7+gaJ2Y0TzSy+e7cZ5DumxfrvPoLnTJ6ftZD/lrFS9dyeLvC/m7YY8MfPvmte9rULT0HdwufWgbek7RPQRZld2ZZlF2+el/mZBvZ3OZy/Em1DmFUWcC6u1MXx5tEcwU04zEFuZ6g+uNEt3po7c7lv0NzXMveFhBHy6RqzujFIB5U/Dy846MVJQ3s8CUx3XzhMfl+CZG/XNJ9s94qlus5/JWuvgqigMvMNvWhvWSk98y1HyfLlD2NoK+ZP8Tbavf16xywM5AKof8I1jaOzYn7brldbTpPhLyEHrlUOjc8XGgtoPar484h1W++/1DJTpjH1Xzqvbq3S2an1dtKH59/Fc7RAn8NqDsEC07YmNXn25Z+ZPopWND/cOScJuBCw/RXqSYwjhRIDljj0IyXGa/GxxPAzBnlAgIsf70Mou+PirRIpSjJqZDmLP8WbHvxGjHiA4Sl/ElBHszn/TPKGLgKLv33s1w8/9uu/kdcj89o///H5+Rp8zPYt9l6FdQKv4LzqiWX8B8k4MfQPjCArrkCArm7Kf8GEfMd5hCxhZRa5/noO5ReAlnfjNe4XZjVFJjKI4hs2b55Ycb6Y3vxiivX5C3wJxpUAoUvbQrjFUbjFp3Z+C3powRP5/kF8Xyz6vsD3m57A97+5uH40/SYTPVbn550oO0jk5wKF78/1bA9LIzfkKhiUK3yTg2vQhmuBwhZ3bhEm/NwAE9Ytfnfl4N3zFr+7evBu4xMC+J8+xoAth0mxa1pT4LkkffOJSvGpKIdhclB8Ei71C/M+SR2T1Db5gcQ9H9US+Olro5xeGaxOicfxDBcUj9jct4BSk59nMdu1BZrm69ovqctd5lCb+ntMUkYg1aRPRPlSnfpNSb6AyZlP1o7tinLv1jtb5KCup1RvDD/jGi/xsxrxZi2OIPC4ET+XCZLlP/VEi9KWY3WwBLLcQ1iU9EUCop3UFKCtef68H6fFS0LmKy0YJpr0l4uT/mKp4UeJE67ElHSQXoe4lBWfjn4kijfXonhrFk2pNUDfJ0SF/8nmbmm6GT8vkvK5Mj0g44QLkcXvSqR4T5T/dmYSFncmw+/ZDDlpZiGgmQU+7euW1NoU5ENkhi93uZd7Otqv2c7SHVuahN/X8TScZYd0fBi6Gh7k49zg8TAfjwwej/HxuD7iDINtdM05wKeD7mmOT4fc0zHX1KOdc45BgZFbegyOoMkZBwGPJ8L2FDoRYg5J5OEQyoc5JDDGJR1ihN+4BjzUeSwk+EqrAatbDTiuMFuNBsgodjCKHLpOlSB8pKNK2CWxNYb03Ih4ghfjPk551Q6D352gIti0RzDpicYhMjuI7IMHcmafM3pH8kFzzsbik8UDHOKwW790g+xtqWpXTnewq5T2aV+OSpUf1aFuT2V4AEv4xnAABDlzjl/UznJGIH4wUggl7Rdw1PkxfXEonjdYEQCCkYkHI3MwVj+boK/y4myHMCCh+YQifVeHbmf3sXDn91rQONp2PLqjC+SRNO3wXgMs4URw5e5+zHIPtMqdNq1yd7FcSXNYudcVt2decaKAyA00fkqWuYb1+zI3toqc7RLNNmpLj5OWkV92VKehYJDspfewonx2E+lC8teWJI8wJh+sMN5udMWeNk+IR7rbsxGQb/o5dJ9xADOPR2+KNpyML41gMg5M8woBn0Wkfm/U8j27H4mrNbFZh9BXISS1BTetYk6HmBKq3wYA9rHpSxOE464dx36kzhwddgZ7CwC6Terz9ZqmjdAqTzLihwMozogHbb6BywX5ouuVXK5rzRl0/M06ly7Dz+UAC/kMsijjcnoiwWoGxQei/M4FrGkVaucoJqp9DxvbRACXIyUtL7+E+jiwFNBvY2sEqEftlVGBrrDAsAUYtufrer0paLX5Oe0uconXtq/xbUf9gdafr2vvk94RtfZ9+qAV8YFfkx3xTF8TEXB+c/gconpjxG5a3p44ef7cc20v97er0YfV+FmD1j2HEkZX3UgSWPnPWC26uIfcB/iQL7Vi+a8ZGHoc/DVWbTya+3FN1uCa7EhkbBgF7W/RSs9RNSWB5Rmr/QvqmV/ds865b1awv77VJQHEefP2pdgo44KIT9ZSfPJPn7twDzSN+woUF7Q3qMB3g3HlDxFfxNE+n6iFtPbefxc9Q3PZOBcvhndgxsiLnDMX3mHjLFV8YbAsvZN1nebvI5Eb/dmYRCvmY3MwwoaEzA/T93P1eho7uRk/N8lzmy9HcAWngLT+761r/XRI4gyd8Tav9Y75vJY+7uTjjMu7m0/3uac9fNqrT56j45Nn6Ajd7ZHOuJnITbkTBr8njeZ92LDn7ulEyHdoAF+GfDl4PMPHs4PHabvYt7aV0SOVU2faomdouItgN01tlKDqBvOw4Q6TfVtc1H3WdVSXEBSs0+++6DH3eMjATd7fmmAewJ/z+MytBzjzeoDzyQOcTx7gfHIAx9MigDfHYeEkmgfd/W3o6qOHLh8JXQUoHwnQ9w2WtfcjAlXevYjcJ/XMRvlEWzZGyK3iPJPBmv+OLdZ3wOAn8931RGOtWsF8BTKCG9oXOZFcttSOUvc9pFJrlTgXuBdBss7ZgPpvIIeiTkxfgVEW73gLhArBPA4FfiRR1jrvLI6M1zqsO/lvWZ7znfuvydm7AUr9egl/fBMjKwKQ2zjpdPv9NOt0Ot0c9y9bdI1E9e0RA7elfAOCJ7iffMPjStBY5MygZKWu9+LRkByiBe2RYr63MTuzMVDOj2GmX7e7oMIRleexrvy/emjpEHAFswKL9sL4Kizx2H1HTchpxG0++4tvfHftMqNmVSKkIZJd6N5Asgo4MAyaMYT/Z7vudrU0oKWDT5nsT7j2osobY55I1b7jDhBfi3zjf86ba8X7YCQ2hi7YMQBgQAD4xSz5Na3E5+Ybf5Qynu/KEBTEhz965fjwPDf8T5vHTjlxE22q88SW0A0WQ5cfMC1oQVfA5KFLmQwLH1DeYke0ROKrl0p8zbzEqaVyTvmcDV0P8FzHqzgMNZ0M6YcamoECEY7p8gXaEZcvVcL00iU8f6kCnue9H4ReeZSt1KuioQAGny3UlnjO0p+5b77+Y3zzjR/jmxM/xjd/9WN8880lv1nPE1tiL7lzHhRWVubW28PaiEkS28P51Qb18o0vSpPvDm2sGkpHg7aqSR1C2LqI0vMi+EiidN1d/29ei6tXT5GrV71EU6hpoLdHevHipGhxUrg4yS5OMouSnIG+dXTUQiuFMHKNNHsZTMky7QqqrIhWbpUiKCt5usT8fBUhuKaKcXx9A1xg8hwTQk0YfteDuQylzDuzo621cU0TmK7yB3CrJSYHmc+EFsWmYK08RZean5IgvtSsIdGbtN4z9bhauDWuXO+tGj1Um0o/tdhVh96A/c2YhNgdEAuTzePJMsShrC0Z3QKtlWU8h13uNbCa/ffKid+HwnbS8R9+mklU21Y6NXDaS/BipaRe2Zti8VHzmJlYFvLRf62/Pmy3UYME5jSo47aK7Wblq6aKV7EvBbXe2Lk+ALW4s+glz8RLPRO/w2m9swotuJR2SjCuQSGBxRDS4NgYEktQulW0taaYvNpZxLrf0OwYHW6ZwML2AjWVtMZ1WuNl8w/WG3eqvhYnMegHym+dzP5d1D5ov9I3N0JhUJmJna2wX6MuMKygmDJyHBoivdYRdsRG5F+wNvQ6GdFiX7C65Cr6yQxXC+PqELZ5xpaR0BprNKEKJXSuYJ9xFfy0Eh2kb00HKluSAVCCt5GI7eNXTbe4Q9sojX9gsvuyOoFzUVnbYxrFoFoLiyJTxl5IP5P7oVIlFlS4mNpB26IcgfvUuDdCCFC5Vi0lzKs3oDLO4kowSl1ccqNCOEuVrCjNOBrp6SVP5yPVCPiIbTv7wWcelGaEVr2al1uUBQhGLQiqWyAUFwF6Vnhm/c45aW5ihaFxEHR+dlxPiM9QixJ3IOEd0vDayCUcdFaBiLZLia5/mo0f9Ribql2KEV1AaWGkoHS14fuwXZUCzS4oNCQvBqBRi57lSGfZhAkp0GrXVZuwuBOwc+oo1vu+lQr+WaaIPHlMDmBqBWTQYjoGnO75nd5vhppRhFZk4i0p/oGhW5cyKX4fSnaxdzkdD9yZW0R79FbS826cMjeualbHeA/bsSOe//kJTTi97pCxQmKrVoho8QQr5NRsqwd7etQjjevhDtyO2IHMFBe3NXuu9c682ErCi9gJ0Ch5ZGPZIPyMsQcjwDwuFxKqpYR3GBO3Oyz1+u6yNzECaOhVqfY0Q7Cqso4aRlBQW0N1Ziv0APrHEW+5FNtjP/cCxNbiZ82WUopysy8ThVdBGc5cTrjFpOuTxiRtgo2X4wyUUiuJVlCv8vRcKXQhQmlDM4lNQEJdRxOKw2uqmArVarNMjWmmaloz00mXoPmYcCQdnEXF7c5QZYkLq1umlDCAEElr6RWn7S7MLQD5x71NDGWSqOPYDxCsJtsAgrN6oJb08lh1N0Onu1lHfUvw8DP4LcTMGrimH8Mnn3D3kcd8aU9BjpJS+tps4Vzks2NBSoR4g2XK0CFYvsgbO5FjLrQj4AxpY6hXxqov299SjbDwgTZmh6pK1Uo8jVUZ9JmhyT9RjfIaBP9dNyEJNXQT4zK/dqIqAAm7TdUuS0F2KGOiNTKgdPksbULHVtKB4bODYAcUBNXrQgZzU3mVOgNzaVlgGnaQwMdRLSqWjDURJCFolKoM7VFmIO9GqsrzMoV+UIq1BrM9xZfd6yJiN3RAcREeoRBEd7dVNidnPu29OGZlXy57sap+Uo7ApATLWCbMFfyByNfVchZWjaEuTKYxlLtcfkCOy2VlZ4uko9sASD5Vkz5eOwFPg76mFL4f/sU9sYO5q5be2/I6lS46PV2JBvkhTG+AeqhiLdVJr5OhLnVpudLPieilr9TGDpKNOLQk3bn4Ds6YrxuANm4SuRK1lZqwzB8O8lvJX0byeiu/Om140Us+6N3Zyh4huyQuh4P408Ed+DL0X26dRwsS9OKTmENOP5xdkTsA8FVnyohar8hq10onLF1gMV3WUxaBJsFcKfpo54ShuRwiLSs9QnOQM3QlhJrTLsw56nNG1CHTnMpgpHegybn/EZow8HZmW97ONhg7EKu5TZLblV7blg60XEj8tYHX/XzdfHU8WRlHnVPG01a8MopI8XXUyts/UMnbxAHkukGvbzgWFW3YCxuLaMFo2ER4mI6unchbu8B3E8iBY7kDODmd3iaDIdHkJeBm8L3OUeGQ1MGK2SpsEUUavZdgV+Q+Qm7wGjcMsltk51e4GOm+0lehvrJ8pZ9rxqBZ/pLmdp81kEj+t6HpOIAk2CE422gkC2S2+kZvIjn99ZdQlXxZpFczeAMWzA4tmA19+wDUvJA4Dfoq4ZzQ/JA+MvViD43/Tc4K2BPRnwWBgHHjmkx7QrZ9WRgI29nQVgqtfJddqfVKxf4px7T2YjasCWnu/ZLA1NZns5otRLYoH9CImKxUw5qrnFwWF4bAyJNt5JMYq0PHbgPGAw70pB+ju/ElAeMym3MeD0b8FqkdzvHKosTMp6at1AKpQojQz0tMVGV5mYBluCOC17OOS47LjlzyHpFX2aWmJwEcR86HW2M8uGIFV6zgEv+Crpe5GzslYZWUo2xOL980fyfLcnWXhqdQZ0IhEyHTiaDbP06E0aD59lleoFYDcLp1bcydjdnqsowN+NHXvmpOELjJit8O8d323xCpBI5BkWlF0PwWnv9Rjgc+6u6FXua5L9+sQgJVxQYnu0qeLPkUMnIg0PR3tUOm2fhQY8BpCjhV11/1pZLb1c7GKBVPIQqPdemKefVAez9t4K8VSUNoFM3Z1zonhs6F5Y2LW5z5FqONbeevTMl8Csr79vsJXe//9W9MmwG13NPfoGpfNwCk123FPEL5mQRGrz5E86thyvxq3nKvVKNsLKsZFmGfaBFHXr2oCPMjFnHPa+YXca/x2z3tbNgos4JdcJW4HZQTcIR0RVVyeR3eHolxe0S3n+72CGvVzQxuj5CzNm6PnA+uXjkJp9t2zlqu5bplJxlp7r6jdr6Z7Ra1fedalWKJVxfO5F/EcDSvVUoT5AswHFjO4VBK3TrxAVet+Xnz8ldsz26rIuHkpiVG4lTznmL063Umtjy3arokRUhKt5TpViHd8tldLgDTDCzFNv4G3EoB3MpYmA8EvJFNitdqs0LRtZi9YmthapW7BCWlEXqmmynS2qjFJ+yNbaI+G3ndyzapIHzDteDGCXCrCrNSuNlMpQV++x2i0jqeq2U8sezL9IBf7D7J1419qyMszWGXBRRbXXf7OltqySarKxxYEZVmyqqzhFHw+JnBzA+axopIIDA2BdzZR7myYieFMPeSxUnx4iR3a0tYnuaT236+H7YSqkgrorMLNRDaFyTsWcFBxbtb7mhmt12Fj/D0Tn5P5w0XT3Hwe+q++2V3NL/GG+vN5df0sTIxxqGYX5er77RIwWITBIENUNioFmav60euCK3vdKAv1l3bN1ro66UFVg8OYWpKphb7aOf1URIJ1jl9hRySPyRUwGK7rKxIc55ATjPIaV3OoFXo9X0zLBS4JBkf2L6BF0cN/Tqreh7BE2rMsKGC0YoQLCkQqPj7cphcPe3OdcD7hfbv9c7mP4Ym450YSdB5nGyB6SUrOEc7qXgFfcUQGouBA4Is904e4+YGK8Bekfap4ST2DnmJprW+Me6boS1W8A4WDJvBjIq5bUoqS9PXwvyAJkpw40Sdsjm4MQdbvklzOr2jDpTLcDIyYRgyNtdqvbq0dcQEcZO+pOzQXT6oyR1TTm/dvTEL3mTnfNNb8g17VWCXlAHiIA4pDRBBvECXwi9pHn352VQmu4ZTch4V3SYCM3a5DNUDhnSLpChtzgJZ72z7IVZ+3dVtF9YdKUQjhejjVigE199pVi9MsrLs7ppwnohLPY9zmY9wjiPCNEgEp60KKoATftIbGkevufMjLYy5nqsn46KJ1ff0dXU6IWvUCfBCpkwnyBkqx6L5sV1J9SOwEakwK22KhfbeqGz8tf1EsRrOpHlta2ufYq8hHSqfSEP5uv2R7kRry3XJUIpIHmdsasjTbGRKr5WyjilRa+kWE8KvIN+zxvE9i4u5fFExWrDnAM5R8OsWF6xOpCmx5IKc0BQ8zNYT8Lr3SVTC5eEBAporVDWDdNq6meSpEmgMvrRlbLfx09pgdxtwadKzYXxjdIMO/9Oyna0tNqAS/Z9u4F11txsPkVqHOG3g29uvxVvrN9/IGPqMW3McRy2E2jWLoKZwXOVSjloPyNUu6YQ9ByR3vXIBJAktmgN8Kx5DoFYoqEVP+B5LBPGeAGq5DGErg2nRZVjPbg1dSFkhBs4sPXDhvIGzOnChZpACQ3dM4AcOywS+DP6/Y+CyeQP37QUDJ8FvDMcv1PF74hN3fuHfXTC/PgtetykarI/v/61IliILEenWGqQ3v1OeYNJaFMJ+Y1Ier4VhDtNEeN1Ol42IvrHnfGOmfrQ37QQMzlUkiVMlUAxrpFzBl+0ifTBptpUiO2kejdWtcnMxkAc8JNINViEjgOTlMXp5D0TO5ugDrPgDJQNll1XdqgkGju+bk498KgDTijWQRLlNRnPE78hvs6Z97of91GQwuU3+JPO9pb1fNIRvnCitjs2vTKg72ZDOzclTQQ+Wq9YLJ/CQwSms3M5G2uaJ4h1xFbvdiSxvr7U2fdlgw97VbSG+j0pzs7BvBk9ZHWpkvBYkgGotj1fim0TOuXmiCidPBnhb1EmZSPxmcu3i+rWSmrEfKbt0OZxqQ7tSvOSarhKU8Yt99ckeweFtVHZeOCFVZy+U1Ife8ZoPvP6er/6RhaVI14tavpEvQA3w76YJdwooX4pbYXqqNdrUEiarMeNfSMRgo81kd1rgAAhIMwgBgszeXVsEL5zIn+1h37KuVLwzluZbB2dpSvtU50ZCevI3z7zvX9/y0b96+zu2vezuyb951Z/dc+rwu05+I3hpHUw+aUcZ3DP5sT9+03f/5G/fsO+T214maRNM+5v3HHrrhz76xlO7mHYx0nhdvDX2PEt0W84HYu41W8N3pVybNOfKvtftUK1+FbqvMD2xy7qTN98xPyiOm6jBmuHlRP7vz13o+x6z0KPBbecu9TGa+sHHLHV8iUJ7rtAvu6OwclhqnWq5xX4pVRnYTLnVmMlaWST4l/J5heQKVR6TUIpKX2+0WFN82bKAuIQsDQ0hSdDtMYItkubMlDi76dSRAPpT66PQWAHdBMachklMKX7mDvRGpXBsxr4osqr/GORvtyZSMyXsFIHhuvQhPdlrm+ZmyqriUgTraEJP49fQkJvGX1wz163FtQhuKWPRnSOsFDxpGzwfcGORaL2EENtJu0Do3lKA+sIAUCkAdTpYDCkkOlBJtA0rViRpeGzDRgCwGDgfwCaM7LcHzlK9+KATFfM8lHY3EBurMxwXSY046sF41gn9JuIsVGIFFroEyNFFgF2oDD2IOsY5556NLiVzNp2NxY4dze14T41qFXAdVnLG1mAFR8xeQeEVBwZsTKfsFs/hgDav0G/Rn3Eol7rhScs2znJQsN56tKUq0mWI0RbA+jImZzRvaL7kh+ZHx2G7cYMtNLYOUnTGxN7h/HE6Gug4CXCLqWD+eL2X0n8/XouxjlI3oW2D0cr0bID9leFKhsO1RoYrxiDRhqHExgFYxkqyTRw476uxJ6OX6OjJp3WPc4XsSs+NnmNEdfRiP3LXbLCrNXY5NL4YEziMYX3CHoyD1hS44Zqzaa4LSleUPLfHCOe36xFD2+1ajWWsRMeNjG1y3WDcEh23h4bjhmYPxw0CkQSmDdf4cVuzeD6twRP7uHiYEgwTivLDtKy1zW3S4nfbemP8tPhwOD9ThEzzUlYvytNblLIGKfOKPr246HGkfNzY2K/F3GhT+ArMSdQ8VOTWDoqyY8Wc6GWTQaw6JFIScEdYBk50KPWp/6GoShEEmE3y0s3uLKKEllbphoAECeb5SNsPayoIQO/12aQRr/VDwzxoPUB7yq1KJzwFX9D0mE3/wNJIT/Upi4aTkNYLmkzz6RZKkaccOdZOSGbfC4m3uuGIVLsblkjCwnw5SnwckdducrPk3U7mPAh0PdW5/nF3qHD5lFdcJOZ/xjm/zFyFkXN02dtg4d4yplNSqlvATz8OWprv0D0o7PfdhzcjolXpdUMmI0yXgHoh1MdEQoEE+M60mcbG1LCV5itUoUenWtS24VKGcusOKmG5LRTDjvpxCqgL4yxioU7TzHbhfQsGlRjhyL1LmegAjWewDqtaB++rLsEoz4/wuc552/17zqxoWubYM8imEnypmLqawBECnVX2JVw7VY2QxlejqrLT0ZsbzkZtD8zwVE3jhfKTiUOefplBJ/FzQMyO0DY38d1NjwRFJc6WbA4bnyRiVJLAGMR0aDJSxhPSVCEo8klMT9qjmlQlrv5EOU8ujrm3mJu4qiNYdAZFSYv7Y9CjhXXDjGyM4ApSsn64SMhe9snN4Jtc9cFGlKKP6nTuNZHMPsTLukCwul6m9t3hG7dv1WJwBg08MEE8NM4g8UvgY+11MOPZk+4125zKiblS9U8oRkd1y7VzK6CJj+brQSe7CClGWYi+x4pyefHXPPlQ9UsHCegW0XyewY10TPEZU/wyLZBf2Y/LLsaiy0x0+zdjq0z3LQEt66qoWdfYALDEbXgQVBce1TmnJmTR9TH8jEsNkWsAkXKFM/pbd7yNT7xmHFZccxxpSQr8LddjUOasnIHgKivH7gdcWgPSg4ZsSP+OZUTH02SYm0uKf42w6Kq1SnQ30iaZLWoSmf6ki10Sw5VdnHIzq0qgU4h8GijWqXHclLTRW9ZT/r+rdJCCzUgln1R/UXvN97FGsVmKsAv7yQoDbWWzbmBkj7wB37AxmIqp28hrDbsgMXJ2l515vYjG5mMSTZltKD4oe7CvlyIWcTWtEzSibWCPhaEv+DyvgfqvPUzfT6ctgFY8W0YKk47exxTzSrlYomPDIw8989wsQSYmA3OdptcAhdgFlNIa+X+LdKj1sg0BXbqxLFb07GN/BJZBP2F78LsPn83HFjbQ4Yw2/Ra0u5UjwjXtiNe0+S3zsA/AsZuFJcu1lJz7ERzXSHFDRjlwZMQIsRkpVuj4qWVw48wlv91y+6Kbl/3qB2s5VWqaL/6DALgnsP1XnL36reTvxbrlPCGvZYPoLg5s0+tKUJVx5DxQcs7PhJzT3GqTVoZ+XXlipFZp1FHcLRWDF+XUktnFLykJ3K1RqscX75ZicFaKLJ+EJwtJUVN13+My2daLdevkpzAhLOlde0unzO06jRXYnyCGnUpZxrJE1mSU5Gt1PoXvN7bveEqJuN58zFD1EK8vE/CpbRFhdiq99SlRIXRU/YMuMQSV4+5+HUbFFYFDl167GGpLsc3SGDVDM1DFla5+SPKiq3Peb/92g9XwPfAUBRPjb0nU0/72VnsTJOz0DuHlnfRZCsIa4olbAoPTFoGYpW4O/DVJ/4VAyqQ5IHiU+VqKmURd2tcpP/5lbYV8nDVf2y05ouYhfH6xrFfbIUqyxT3EcqMrzUePcfTemFCnkyWVxqVq2VpaiMZsrhnc1Nz3N5jy0sM3szvXOxduu5EMdulNyYV0mu/TCAwFBX53GJ1I3j//esTPsO43vR+t5gfq8/6uuu/BJ3cyPwPS+qZ//HSgeu3IcTd2T7RQ0RGi/YNIxtEbzeyoN/KMB+jdpqIz3+ZrwXWyVj35qq3y+wKxt2jdASp8tgR6oI8WBXQ+k3gm6QDo3Q5mzFj9tnAANCuz/d8CWG0FQOoRqPkDZNWog2FO0OHn5uYHzEhw0Cx4Qm+EHUWNyiqIqpQtIMhwHemnyhyK09iVI0OJn9VwVFFIFVCZLbBBA+eVT2CKrxY4/ZnASZU2R8rRYoUvkGikDSvEGwYgndMKM8tb0bjLbHlZyIPNl/iGTjKXSxX/KlVgkuA1rE3gSwCJIHmMKtXTD8IH2VW6LA5b67midehRYoiOWRm6NJyNKuYodmeC3WwAVrFrJLDCCEoQghHsk87D86cOr9Ylbxp2oDeo543E1PX1gE5tBWTO3ZpUWvMFeD/Lmn/DVBtrHsJTWtyDFkkQcug3Vuz0ZYNhvVWDW7SRL8J6CwvzbPlN+nQ9d0ZBOWjIBJacBExrlUl4QkJh3VRRhGMYNpaH8tRRk6pPsMoCcxuRMS5wREGqvSP2Ig5dgBZwh60Kg3WoLVP7k01055SYtCcDkNAouSs5G5TcUxUNKz3IOQFQvtEJEGr5m3mcwEmQ1/TzzWG5vVRL6p+NFcpnloByTPe7EsNmb4hMMtvfAb06R6OwmcI8/spxjsXXEBRlp0X22HPnb8I0f3CM+WYGtOyTYOe/oTQzagJNoUKGRD+GKOixdAQx+sK4hjF7OXZ6fHsNdklMW78B1ks44MTAZo7Ghv80M30KPO3wBofU+rtoSixU9DcT7oxgvBXkPXVJ6lBNwyOG/H8VOzcijd5eqFPBjlk2VhlHOghz3+zis5iThTr2jMu0k4kEbaRzVFmyaaM3J+g0MVXhZHEf2RO4SiRPpbLYs6ammK3OKNt5Eb7nJvTFjEEGdJtnkTZq7BYvIryVYkM65gBQY/rRoB7mTltnQ9ZJEnbZKkE4Y7XbsOwcnjJe1HiCUd6NPG4oSkyK7ztusQb8joBFxLOhz6VEjN1AhsdVKHddfAbLEPiC9UC7BOS8O9KkZPU4JDIpJRZze8lh4w6TUmN6duGIgvTQ3k0P+wBAU3VU0JueRFw3g7oPYOruS3eAIwiy2tlGjvgEVETmeEKde2SYOxzB2zlwhHGMwU1AVZjhxZrhFmbgwMDBjPK9+zmstDL+4bc6glf8W1hG4mjRqM08AqQ0fM9JCOBxtTIIdxi94kskmDY0pqcbvFWQYUiMEopxxsKSAg3eroHIgWlwsBVo9KBEM43OSbRA5eo4AYgCasNhLHg/J1OHxpQQxw5FO6WBm360kgOszEBE+lS8DokJkR2hR/IdCDtAdsWO5htwF8x+14lQElRxnBU9JL0j7vPpjHs6YiB/ReyoqXNFlnp0ABYwf+9LFDp1oaADV1oMZURROUpnx5RVnNENHuoAVr42gYSj+RZdajZ7QKAmygyETGipELIY7qsE5twkBPkL/HETuVB3BXaOjJfyaEhVKkZhP+HDpZCam0dM+9apqtV484mWMSzIvJIET2UG1xXG9XVYhhT7FxorMZaMCVMPVXd5MPgC38qk67liINEsTurBZVTcD1VJFG5YA7I+GNM8U2nwY+WHKWXo7xWH3sZwSBvD/kbTd9gbPVNSQV1BO80qD+Vio5PKUst5QuVzEYVzpYH8OqSYC0+YVBZIywxrNMPq4b1cebcq9L4rVgFJIQmE7rR3XgG/H3ovhD8QZIX0lmIIAoroaqvNlBwgT1YhhTmlMnV2k/RUQme3/gPGRk6mF7QWE7c75N6Dgof2CRoJ3HgtFLoHfEDB2f1CDDKISJzp6DpR/9UxpaLcYB+S1sZass6yMZzqx4MNxle/J8EKzlXF0UBwFMxhgo91t5Tk/xTZlO3lyCimqsB5cJM1UkZhrMVw93goWoVNv4Jvy676j9Ivx5Xh2KwMwjXuwAoEGrFoStfdVULsdHIn7EeGyQ12uQmrHsQGeCiVO1/dzH7PTxrMMCSuaY58ThKtUMmqQ8mWPpM1wVrd4cqvVOd6+fTTMWJXkNlMnWtt3RO1H38/Br8vG1wo980s2DBubPn9wS6jUU4CYkiIF7PmDz8G3gXSQLkxY3hmdBBNjzWJCX/3EXAQkgC1SYubCzmHlKz1I9wxAjyudnaHEEIX3cj+Psq8EM1s8dcAFfAHVIxS0a9apBRVN3f2asAAra365KKrDLfTMAhp2SF+dSRcftUEbiynTX+LPGc8lyr7QG9cdYOvPqKH80wwxgHjQAlMQ2zdw3lmB8nc6jRJKHmX0E2T1xivxAikoxUXNRiBTW+qLG8Kg+ugjDxVYDSi2OFCbkQghgg9/jswSVNJqHEOTzMBoLdZcwKB2EpQeBmFl04COLWLlNDq/SC9EFjHIgCiwBfy11SCh06Jjo60BmrSLoraOZT07HAcqUKYOZak9m7A/hoDdhkzv0Lgx9WiSXJuF9ap7549kel5PQKW2ySiWJrrdUV5zq+qe7gsBFGwt3ODbHANBtMSItoX+dWvVRneRhQ/xirzTKgWfYnBcbIEkM1EW+QjA+k01jbBgQle86YWkN46W+cXRX9kWkCRCrQLPPExHAwj8qdgclT+5r2kt+xDvSbxl4oD/ETFdIRwsHsSKGB2SUuZSqcyGnMdLSmvVOYilZcLPTljjPCyThEUav7KFBNAIS0tACNuAArm8B8K71Z1OE8l0qUDmiqmvSsPPRYR50rEu2UH/KtfM/RApa/6D309MBkr+8VzgDMK4B4APAr84EX+yyo9vnPG7Ssgb/brOHvDQIrEA+qDueuroBSzovZS7zYd7NtCPc6fMC3t3zWqUrq6kTMLARq6ajDW3jaLqUaIA3qqQSFTB3ModvJPO9wsP/xPEpRus6zoaoCu1HaPwQl01Ebk93iJGSszzztX1cuxPDM+DsH8WqcJ3MH9v1hIchMMPv2OfAoi1EewrlqOQepAq42ahqNY9GMsIvsEw7CK7JGQYkf6IVTFQ2yrJHKZ8ojaEywiMXy5FdqOK+oVsvBIvMBKRBFhbSBz4fZorCzKFc2RR0jlI6wtsUoAYi50wjTdotehTPNp8nyS6fUJ5dlc/RArKhk3KrN3IUedf6rERZEjs8PoYPC2D2SvzSdRreWIcDwKnjKRkbZgVJF0JqoTwQ0kiEY44lvUigOOZ3kJOXFDKEO0Ex8RJuLl19QrpQ/RTbR1sfJ++fRk4L59BJeLeVmatwDdIN7FTnN1D28vY4VVc/b7aKTvduS7DW33xV2Mm7NYqOhRA7nuHk7QWA+Ei5fjWgSaeEu1Elle1Jx+82AZRy44oNRxsvqGpD2m4Ere01JtihB76eIrsXYfio1f02HUxZqQaMuj4+YYSqaRWotwr+FULq0uvY4bw36ezbu9Og+57qoyrcEB5FMYNaxAuxMWQpKRaLmV1Worb1OkpKWTkFcyMMiKpe4gfhnHHo1YBgNzWhwWS4ygFEOmEvRDZXrY8K3XX9eWQ2hLKm15Q1L18I3Yvz0fbRcZ5TiKO2bc9tzooO0yYDRoNaTp/Vq1TChfj0t/T+RT1CrfWmYTFIQp3NB4tLxMr9zaT2jehXfCEFs8PzlIfoIeDjhDdUgF/3643U1S5fU4INzwYrXGOjh/W0WxeETGxrMv6ibaMRrYZP2orUibtztSgSYNW5GzFSDMbqI3fwAi+KwyZyu4XOtlqVAk0/Q3pB+acgwfaoEpyclZjEqnuQcFPB+2GVAApY0Ygs34uUkGAScZJFUSX172sdbXBgzWZVLL+aJIJUECeirogZ2OwRRbIwE1tg14s1KC87CdV/sHEoyrza2uYtFKYFC/4bn+qAT1qEjd9QJXDB28LmkR/U9/haj7YlzYhTt2eyfl4pcaC970UoNVposSpORbH2M4VCFNmEzVz+qjHVIBGb5vgeFr3yZFAZcUj0Zum8Zdn7P9h2MlVd4YeN1QTwCbyEs2//SnkO+0NSqcjYDJT8rzfjEPGlFoTmmE1X1gMZdeyTI+G2gh+5cshMwkz7GdFOqxai0j1gEpS6imL/7sDUY0sFdwN7V8sM/d9RA+PNaT6Nm/RPQoog8zegTR7X+B6GFEd8BajYSHe7K1K/5LezGhsflCjceEcAONhJnCnVvr5nd2lLt8eHm3u0cFoaWM+d/tHnXf4bBZIveN1s+WUL6sY9y3rhI1eg/xDto1RRGi02uNmlNGr4FKd6uY+aqoubXK+FHGrra/qJAoH2ZqA0XaVG3gjlJOzyx6auAnr3w2VhAeWjV/+Ockapb7MoVDp538dqHu6OHh3qT5pX6A6NFefcWk+UU8NB0H0pkZBSl7DPKz836Z+B1MeQVyXF5RnF920GIwPV/maSkBdi849w4nbNgcApjR1mY3ZG4W3rIS9OSIrToID1sHsQ78zQMgvBHafCPQE60LrxVgrdN499qt8vD14KqtV0r4zKvv6EfOkj9nTy/C/9KmTwXXgsS4hlLmdFnxOwO0iJr70Oaw+V22uXknni4pY1AaLNXa8KO+4S9/GyiaNtyP/zFbsxvHbR2JqpRiQPV0xYjqp3Ss6mf4yddqTDS/MbNYd+PmfQBPWP5U+fR2SxpT/ZSM99Pl3zPQqoBO20MvR3iIRuE6g6Z+ZTDKu9m4E1SYyRB9qIOtCvDmiKyIOWQOg3nhr+NmaCYk53u7rnWJ33TgpJrDJXyvZwo4jj1sJIQ69GXQy1jnslUswjTrTs1Do3/AKqaFt5HJ1+OAA5RViDT/jOEZlZK3O7wiA4Rew6AsJwPhsr/bggt7AIg8qnhpi7fJPkRb9kiPIalIGTt8N2ilQCWV+H2jU9UK0B3ZiJ+vtufgIlibXbzacLBtncumBNE9gsG+Hzm2NrmT0IaQzB7KtJq5TIHQfEdBMJeR24YfjEJJjKxkRBvtHM5WZPPraExHMUw6sjMl3g1HAcVaHgOw9no566/7xftBu1GiVd1EFmXrC6FVmUr+C5vVwsSnTpMePKnAFZFSCGGBKHUYdjNKJYYZRqnFII2OpATRWpRSeONZioRQM1adxdCpXnJgvNRH2s6OFJLsSO1uKXevi89I3JFgqUCqRnwF6KE8ajRjKxgt2DZZZxVw+7rc3ZahW18Erp4GiKsZEDUHpuUlgINvdlkopzFhRXk+ZJGnOlBLZPSERDONHpdoANn2tf0+vhP8opyICF78uR3Un8MOEsCKvTfyi4Y2gi0EEoUygFEygJIijoAQjwqzKYWZ0DE9xSE0pMIN4XRI6MlL6Rumzs5QJ76Knb8e0wpJCHOCu5lxzjb7/wjUBZuDWKfJqRE3TaaFQT4BTcVPfpWMP1YMuqVFxt3hFLb0F2HJzfSo6SFkEyEhAjtYbT6Lp0hXm/bjG/ByF1lBnXuRzrntXYYCWoqehSzp3DtOERpmHeZYI1aOzscsEFJ1IZZ6mYjL8UrCVRKekLBCuryv8SzhkyU8JmG/yXA0BbjaKZ1JbsrusPXElf2Ec82iQaRCvXICU3aiPWXvA9r1nsepSPzJmz/gpFUiptOWVA30T7EP+Nk8tAyb4kinc91xDMYpApggg4hcmLWx5vRvthYVMXWe1THC02DYdh/3ejGgPB3N74+N3fvmNMBroZ8GOUcERVInLhNcFnA8XdoPrJUoSAeYsBqpOwqk1to4pIbE6I5SROSYFcVo6Z0te6pUg/enltUjzff+QLFJEYUA1F67N2gfKZvA4CKFTg1ooGSlXAQbzmhYZDXSmrAgkahspPkgV9ylqtE3rAYzr4wWVfL5eFiJFh5iQcs5wtVKBJHs9pZrgZw2ZaWgBywq0oAMEFqF6NwweliimUaPSrRQ3NCGNHNUuUZXSGOysleuLPayLdMt8rvdCn5kN/YhMRzDDa42+cVPUeWOyUihUf2wFivKnaC08kEdKaXlQWY0ILUZSG3GyZ1DyRZUC6X4AsIy5zJMUsll7ECEis4YcjMnR2qMjXxfJ62WnzWDacLEFeWF7LO/6RPhygPYCxCSROnhiRExb2+1UKWHEfrJfUQ0uPkQbWFXQA9j9iQe9CXW+iRR263qmuwa2ZhlrA0bfpBH7phCbbmoNEmMdHtENJpCJYT7w16KLDnVyc9YRLmInGaUS8spy6ItDdoBL6z4C7GsyEL43y0LirvisuOsAj1dvoFKOqJSEnaNBNgZZxixQKML8GreplQGgWZGOzjOXcyFetOg3eYFfVkhiIMucCwy4lJHz64Eifht1LoAQh6OywGPPtokPYLoDMrX9NPztrAad2D+IpirVEZ2HNS4JwHnEWbCOHG+t4GKu+c5FgmtGheeJtTnOceLBfrKC8DmQmGlxr0cOqVRuimnE4w2+A0X1/IQp9AY5J3u6bSpI6zf7JKAGQJQxbyg1O+/Y5V+oWUgtlVGIRQv9mbledDsqSKsh2rqECsMVx6l7VwWlL4rGDx1J20vU243I071HmZ95IFB7egKWifjPNQoMyIodnWoeKo6T0dUWg84SPw8BY64/RK4y0uMEUz3PRQyPof4cY3vRPyYxqcRP4rYKQHdefRP5sG2V3rDdcPUTxO5jXs6RbDN0gIOAXfetW4JAeC0CIWcFFCtkVA+rZ4GyJ2nW8HZTnWVUs2HOrrG7hnVNXZu2VS1Gk2X8EkgehJeDGZZwhK81TJdgw8WumZPj4jvbwkf6YvxRXRCwotQbl+Z6zM9runcjjzFndGMlxdg4GoiDU8FooH50y6q+Ar2pKd6GLRjiJ5EtCfcBMLPHUfSQ4jGAlCEh5h0rMXvT5oNQzlBPNiDFf/7QunACfNY0oEThtKBuJQvH1c6cH5bOkDRZsT9bi7zAf1YKCE4HBCXwvIpkl5fQc6XD2R3GVUm2HMZ8VR5xf1iIKqRIXMMZZmxttjVlunuWiuV/CjBXuMlDKBQmW6hU/yv2xBdyaX8rhDxvqwonoVBLzvNJ8jsYauslvWKg7FblTuEfIM0CJO5RmccoKY3f1XvuFSs6JiUi1d0FPLxRWt6uik43mlxDkf7jgr1HRXC5OsP3x9w6frftg12DxICgaj7cAahWIM/09OrSttH+N6e7bd2lY/09eXD+rE92X75UF/bJc280HGKnea4LpRPHrDtGaLk5m2gI6XdViX3sixXqG9oxBxaXFxeREUQxtzbJ5Vj+hYxl7a67Gk+xFzacvG7piAo6TbH7eqLPZGOyswyfxyv48g90TLlRXcvqyNRX5RXHUUFN6pkQsvOfH1ETAYohlrKenOHO3HzqrfiE78SeYnU4I1n5eruwqFvHkHJEZGuxTh2m51v8aubYG/Hp7AsZdEXM4Y46ijh1K0cssOlZ5LnM6YHus2uOeV0tQZ91taeo+yLUfbFvmxElygbelxS2t8e1x7gWAish6kI8eMGtfn3g9riRfX9QVw+CR4hn+TrQ3Rxfd3mL7/S3oMtln9EbfmHk3UcNW1ZBzXBOk7WcYwt5T7HjZurwU/gWnqADVWnvaHaM9raWEWOkCZcgLnB1BNIvwBTvqFSKwCtzfYpK8TSqwnWVK3CdlqZI91ybe9wSNAHJeOHltUrCRXBaGHgJ3jjlAmGF8sJX4NzaDVEvLLsk+EbJaWlEEKiKpsYJb+OIMDaJDn19ilFIPK6GV8sApGKy9TNNFaAlXZU1Ds7Gt8t8eOIV5jVWmElPSSgUjLtpMiDIhyoBOM40cyUtHjQMfbXVKOahYkrdLN3ctlgCyjw9OIMfjC3rIxwZXk1+V4ALC5X5ujMEpKMcS/JGG9LMkjXBP8KjUr/VAfKYyWFG4SFl2xQkELRicoNuRorXZSxQ8FsXcY2Qe/o/OLZ5dPKNXQlW0aDPGuwgK0pL5CgvqA8T9dPZWbKNVeqFb0+uW0KiFUyojyyzHD0xVXt+OHmXw6TtH0FTyuat32IGP4KLx72fPYr3tDms8k4hGjXKXyItb3pOLpqiz+iJgUXm4Nxi1fej4dIZGAI5Xm2/XK3eznjXu5ov5x2L89E+vJ01Hp5KtKXJ9zL4+2XR6PWpnsgPx1kgDyu9f6+aMHSudOVOO0+PBPq0nkiHGiWPA0AApAFojsIIqz6OD9yGdYqKJShO6EMnefeIse9zSn31ubaDKjWolOe/2Mh93ZwAfemQuI2B3fQuPMd+fpxObjuuc53zs29xY2YHu8wn9+G4IY4mDDtGD5BVyN8iUxmwIKF+N+zYOyiUI+Pi4KdcGJtfHKAiPStirnf6pZArUZJ/xFSO3bhp9FHHlE4klKtBW/eneIxo3PaI01Z25jGyEaxfk5DFxyah61x+fRzLax4jnzy0/kCWXZX5iqxoIoGiLHehc+V5r3OI0augP8zQAX8V3OCeMF1SrbCpxF+gG8fRrTr9gB7mMQ9QOqw6LeQ1N4DoNhFWBQtiUUvWYhF+x8Xi/YPsegl7W91V9NZgE1NMMCjLVXqUKtfAqng5iFWQxgYOHTfoRWkB8jtsGsjkUv5xo5eEwdyNZJvi0c3HYY60RZBiyqROkSVggcakI3Cgv2V3A/0IWeKtvjKMsnQ3hYsjZOKdXnz4J8R6/rYX0y1NwcRRgKvsAFwCJfQMrqei8V+JYOWZ+LgkjrxnlP/pAJj8xkUFGqSJ9N/iMTRgXLgV/CUI/eQRjcmp+mXhGwvG8V2Ex+amLNCq60i18CMe1AY4+S6DQjAcUyqgODVb5ia9Y04gZL6g0b8LZ7E2uMHvorU1mLhj9Ic3Obtm3TXFBGXmy4F5xWege7NCJ/RPsGSH0AU9EBf4p1NwT6EjvXbyzhX2XAW8UjzfqC/YD72MR/hhrxM3L5EP9zTl71SrAXu68sCrYDpV0/z07eMnDAf0zWOtnlWLyYNb2K32CkO+LPD5oNIDdtdpVAOjdINkuRp7xCGJC2eaI6i5LzZywoGJc/2gflv+EOX9of4Yh/T/K6AaQeZ9pv4tjNIO8Q0Ghzw3x5l2jva+dp0rYzglXkeP4rCkyleBRzC8JjAcK+0j5kEhvsTMs59oXSEoYxp3uymRqDfABOEMUCLU9tsSRDGTwCECzZZwyPVieYgSh5p9iKwWnKnuW+oIVBFysT7VLLxBGikfBnKw9ZVOWp38kUg6Ei8B59Ffp63IBcvBbm5FJA7SexTfKvWk5L2q6tzx1S5G2LtLcuBQkNKCyOVEzYGEkIFo/a5EOWRbVqlP3dvsoruwRZOw7j4DYO+Gzls0g0TT96abfApgzU5umGiyWj1g702lQLE1LlWqdTX7ZwyFbAfQhjxqDehjhkJ9Bou7k8NPXehC460ViHWPk7Hp0/1B4ultpIHKk9V4KOVsbQy1tapMO+QdDKndIdV+LaVT0X2p7KBtEhCwbNWk1eVvF4D9YBcZUSsVdkNNbe96EgsHh6JNX/hRabnOA7jQlJMOSlVrMugx+O/iqE0LHkzWBpZ1DzbbMd0zoaTBdLhvoS43SgD39d1fDvCfSeRNO2SzvYAPCaRmXA7XuqfOGai4ziJdzLXKU1STuLNTCIzkSgnQcLimIlQOQkuSo6JSAYKMyfbCjOc1/slqekoUAcTO2ZGt2dwxyntRMrLCL/WIulgGDl25AwzFxfyrFZFYqRCkmeDTFkOFOapozAu//C80K9Ee78tKYVbwUonvSvubS9dnCvaJ7cUt3SIdhReh2imEB2iffalk2/f9kKk6PpAHaG4OYh6+s1nEcTN5xGsKCPVcolbFbGDe0YJcbKGzdfYQiU+ESQs82iMoxhUBWuyJyzkAPFqiTj03IT6rv0IMai4dukzzgnbRz3bxzK4P++KPk1DHv6qCUwPwAiFcvSjYpuWSnXbjmO6jZfORsW9pjEsf4YUiCM+nNuw0gkK5KXP1EFVjQVcvEuwbyh4HMUmUfkFOtrt0dcNuQqNdUdOqbFnFqTCnp6PQOPT08VtbIxv9U60uq3xQHobSwcUXRy99U3ntonKEAUORFAkmhvwyoS2uK3mQPW2KhuKA6pUPydNEKOqUZnxkiiCSHD2W18dsIhQUBW+CxiS4dny+Z/wzNtB+mlPQihqR1XmHFy5VOujNIug6OAQau5wW3xN4tai0oMzsv0Z4jwXCveiC4BINsX8VnXcil/OPVF1mhrNF7jccxqp9l31i6qQV/0S8kgBg176BpAiPoTvQkcR2deHvkbW80EGSl/cutF889PIzAJQKNPei3zpIG2Oab8BjrsYpB1h2j7kG3FpbcI+77D+SLclQ2jFD/g4z93dWZTC9aO8d9uSl3haueMEacOZr3tOxQ1I7BTTVVWC0sL54lAogHuJp8omoSyPgmJ+xH0bxYKKydMDl2URzU2rf7AXOEXC8gVUP4SSIVQMr4LC4SbVPvwnc10pLyT2l4GmfMfcuHVrP/B0krK6X/YbhNeiT72BmuFb8TTaVu5z36los16uMrq63+wlLGDsRxeCrmCoS9QVQMWcu2SPV/T7xp8o9fUq5PKpSgLtzeU4+H3UNfdd5ka9HqNoe1ZkmxCtKWzAJAADBLxdt2VYgcme8SIg4hTDLuf5s9LDE9lQYnQccSOSpUyFQ4f9O1TiNfZq6lrNV4B8AD3LB2A6iKeL2mD6USsbttQJi1OsFPMXDieHWObCZzpxVdZ8HZMscZNMx0fX8m+ydbMIFuCn3rIgUjcfxXtllvHmgH9zod5vbSdC9k98NLXip4G41Z3m8hxXYaYHuMXd9vLFin/QeIpVZae6AqeqgVri6rlV4y5F/bvrEdUHhQR4xCu0ce0QnIMZFYEwQuhkIbxig0Cu6alcyrOumH7SksV8Kz7KuDxQTccUbwoVrasRMKYjUO73RxVpWyisx+doRVs3Ih4KrGMvsFbyQwFP69ztWG+h4InYfaQnMtDM7c4kfloxXb4VvjBzO1uGQnifmTdJ9Txpy1+9frGCU9TMgJjKpvm7rcHnd8tyR5GW8XAENMk2b6Msrjn6HWLSYe5pO8iCl3pPttmPomK8XDYE47I2A43W5bQf6Ral+YdGza4OCcft+Lmz+T7l1jwZAjmwL5O+fBuonKMv7hbjeZMKQl3Bm91/RfJ0Zrh6DHiWk53mEabi45Z8HJKkr4OwLvN8PI5mnxnI8piST1V2Vk8z/XAdKHSa7i0cH4UwwR42V9zWJnlCr+uOoHSdeuAoYqkodo8759nLy4RuX9fsQXc6xb7BGSAlAwWoWYK75zFMY6Q4esg1g2eP/xrVdrkeQwrKjuuc1Up9orZM0bqjZrsU9QftBAg6irnSoAfQoIScCkioO0bAs4dn82HkWTaQIR3C0wjp7Ss8b8xG74/0nKi6QjezmqYX7nmNmhjjGGEVtqsILXXDXPxZpmmSQsY1VZWgiRyul4rPORHxrfi5bcBkHaeHdRiNxq7dSC5tODLdgp8XN19G6bIrlTK+LywKnjK3Pqdufe5XjU4XXp5qZDEjDrbLxNASsjfj50Xt9cHDSPvWnMTTnwZl0to+oO2ATn3FZsKWwmPFOW7u/I6Op/NEUn8UfthUk1LYJ6Jysh9MGgGwGUoL/CRxVzs/CuRf3fwlgmg4Ro3bgAWvxhlhR+NvwDmKi4uOc/DBDmaK7IufpxrQ1UbiclE9n7hcVJvI+BbVpQj3F9VlCA9QwwnHhdW/my9NEZ2POx7Iq5vYPxJxr9YLCk6SofJUr/2+SJQSt0Upbd1b1am9yOnYXuhWmuUYN6dju0xd+OIiHSGqOyk0bnPdixi5qdLNLw7lepAo9NoShYcAmwugmOUvB7yXp8A6LZeUKsgE6Dpp7ZiT3q5gqVWKAHZmegPDfX9Os0wjZer1aeVxsfKsNubkCA+koccYN6+A8SVqMrIRbcZBK0u0sri8QBTxVgjHt7z5B5TXo4pkTHbpIr/gStQvuLa8QPBlfpOJbm6RCw8CKm7tm+sQoMqYnPaMCag5hrqorpFAnGhdixK84LR58Btcf3YiaKvsYHME5qpDOtYEejClVcjcaRl11LOJzIvlZ8j1CACHhOsz32gTrmN4wjFA2iZcmrfLpuGbr5zwhNZteH7ebYDEaB1Ya/LL7ffXu/c38P3fLPr+F9z7G1F18w20whbvMdXPMP8PyVi2Nlpu1U749r/9wYK3YKD4HrLwG4Vj6En4C0pCyhvkJBXh9cJ9IrxOuE+EPw9NaQ4DPC9fW17BkYHu/DXO2tQ6rF5eJK4GkoCZsXrEIFK6IXvr5xh8C0/PaPZAdd8oQFWppqMjA8rf5ng8v6BWTQp3H2r+lvaf/3xhd690QLxChKZZ890Pec4H3IKpntRE1bMEQ8a54rS2am/DYihthiGzkPhFj7ByhQkpKtnyPEM7ebdjmzyiDbfPh0cG22r4Uj46wkmPmYE9OykcEx3Th/xNlFcjnKVe6NJ8FDXFrInMltZMGnAMUVt8M1EF22rcaSg/SwvfXWg4g/DMfojySBhPfRBR0saNAxFJp3gV9lzLnEiBY7GxTpTmXVYN1shOscNIdN25Bcxt8c46LWc9DCNTuANq1GbQi/kMOlnogsiIuDRcEVI1T4GUEO5AxkQqvcaLnaXxdMU+kO+s5aYYZbbFO2g7l+WlxTvSlCcg3kHD2+IdDCnGjJ+7bVq1jMNOVXGlUnYwjM8qx6WGCGMm5fDwKnLy111v9fLXwQWu338D5a9qhkxWiRHoW7v1h5SuEEAUtCOoB5w/p/qlyxEEVb/sQveKx6MRBzNCARGKw+alL/vJr9Jv0GDXXoB/Ca7G6XiBzXZR/txAgH2J2VGAnto7hHsux2lncb4oVbuopy2q9BI7HoPY19QDbvGeBeeI7vsPvn+hDOnfu9n8QuQbwdW4BStXIq7yqp8tZSzvqJ7U3v+cGMmrGrzJ/hAavEh6MBToKu8iWumCTZ3h4feB1jy0+2AtI2se+Ut3sqXTAFY9k3masw41w5JH8MpoJMQlsooX69xXDQu33xynDsM/qEGY4jeSMlPzWzZwSOXQrEl4KK6kG2UfHMHI/OE/EEIX66G6WwUPSaJYcbnUHJNOsPA1lqQFRHJUFZnnJBxzjM+oY4RWOwboAjA8I8IYydx/iuKU9P8SZzJMKK+s9ZegvfUKtJgXs9kgNK9QVeCx+kKv+JfVRP8e9ayWS4HrQmwDl8O6f1iuk6k+4hCn68o5v7xQscZyKvjzB8zWkSkH6C4ngjJSHadbpwvQ4huHnN9KR0VJbplyl8q7nxAU/ntCkeBb2VZ3Akv4iLRnJUxctO/1nhmp9e7IiAzNUXw+wptMSk58fnSi4963mLGuu8l0wfAm02rPPUnU81Sj/iYTou2bTGSdCAayVCCFLa3UaaEw7KzbiTteiPKXUW359Gjt7dtEEwTXaPHDkBfUJrCky8I1QVti1Pzwxy9SwAY74zQbd476Gd+urj3jF9gZw0nTKM1RuQnPD3/041BAWRnyV+hxqABheBwq/CamcvtItONaKiDioUQzDrrgV62lDiXG3aoV6JlEVFOm9PAyaP8xelKimUYpunG3/Jyk6RjCWEZpGTfGek4a6uLjFypp/kJ5F4iEX6cewc5cmowpqevUI8ta69QbQ4pkKICSlkj68HZnPLzdGXvs8usW2gnXQn7dQq151VVgPjzSfPWNQ1UIx9pBvJC469CrHC1aqUTNA9qN50l87fGOWQHZlkWllY3RosBGrtJMR/EAlZZWUXXiZyTWAc+8cj3YXI4JaD94wHNEqu38yAi6WuoM5ZTBor0PWLtKT7rKlaqv6/V0R3i8Raqi93E3BUcQiqWzL4yqNsLv4nnz/dLUzbSaMyGxeOJSs39UFxhltoTaLANYl5XrsGCu4353ZHDrap8sWn9lufcdqZ6Sl0+RZXXjbYMFbyNQxN+s4iqUti6APV0K0psS3DSPYG4gdpBVP4iqe6Ki/Wyc+VyCyi/hp+3s7WIGI2ZgyDAof3HSlL90/wSEiPL0DMndkfCnxP4swqcLXBCij1Zghzjw3m6w97n4IYmfwbcYVskzrelyaiQ3Ddy3+3HC7fIfyHiQG7DxGc5UYHAjdJcNVbwmKXs5W6CZv1pTyqfK5EIZuUwuhJWsDgifKdxjqHXicuNJFz8t8YcRB+GWeh5hnEcD9qDR+HaZHHMuvlPihzUeTocbsHLw2x2hlI/4VQIjhGtEyOre7ZJ3D3fc96HULXGnYn4i9NqEQXMqmVI1Q59U/rT0AlB7jvQC4VoeUgTNGUACmkzUY2LWp0nWSBs2F4tQGHFMiFjWUIkjsyruNDsGpT9XJnrixiERoUnixgHiAIk3JyJCN5UpO6jlallNYgnXi64HwudtCgoJ/p0a7LyJtl9x3+syCS5Tm8mXin0vCcQGyjoJnq+WYjfCFA1qFgwSQbtCSrCFF6TdRawNwTLXOIlewGjwQYmWEpVdJyzaXQdLwwH2pJslkC3qzRL8AqxuBdjA3irBtWKNSoJrNoR3SYDbRBi+K+UkGOEL5XQY4b8XsRXCWkgAwmcJSUA4LoecCJ+8KTiIhv3spuAjeH7SpuAAwp/ZFEwjBDcpjZ9xjT8ondqBOAiXpN/n0g9L+i4Xx9o9y7gu3nsHeXo832H8qMRPuPhxyvM5pmHF8FDo9Va89QgqlBhVKCnaCiWhfsG7g9+wesPdKSgdtWrQw9394NNBPG0on81dx/Ry5zBJLz5B5uMuGsM8EgX7oEbviwcS4WuGF36vry/ArQIruS6gc8WaQp9OKUGAn6Ja4da9Hi78XuYu1l6AawX4gGtMr+xJfPHFAuywVjQh2MXztRQtAFSaPKDen5BsVeT2XcvcpWi8zv1a+56I9lpbfUH2K2gcAc8ryj677y868+6Abe8cyXkUf2IH9eRS2Ci7XKXzbxBot2gimr1KB/1KtT3KECzYSHbLMXdr4AKnyR/nXoe3D+lif5G+koT+GpvoVPo7JnW8mA+Oy66asIoGkuaz0CR4Jg2PeAYyxUaUS0ezF/cHntzsf1Ru387Ew4QHZ1yCMKaRv5z7xlD9iaknNJieU3ezLf9HAZ55kb797HRh/PPf4X0+fL6Hh/XD57Mf9hZU1U7em5BB/WQ6K9y0OKd+1r2iVxniXQ9mMZyAKlcff2DvuFVhCbO4DhawELWfr3gV0VxbFDn87zmNRBw6UBSUuFtCwwScPsTOVH+EHy1/l+2HOXdS6kJ0i05hdUiPepsUVQaoMkCVzicRJV8wwIuXNY9aq4AHoDz+dG1XK5Lq6q1M818wdjgktCEIi3O485XQf7azODyjdqYJuoBQcobz0PIAqMMC87NPsxeoIeDZeEudrnboXfc4LmlJ60bYSKU8UOk51U7Kiw8OnF060CFNdCTs8MpEyGOf5pCZ0mJb9+dSmu0OER42FFnEspBYCXGcKdwGol1Y5ZbwwAFqxiGKBR/hV79PzTijHz6M8IPMdcolnUSIG3CyyrukhxB+mR8ed0nHEH6BSUcR3WHVMGaEC9VY8Zt00P+TAC7ysqfQupWDf6SxeU3XpcE+C1unZ1o22ib5DjOfprL3zemIFREOUc3wqKhnn+a+lDUad0hPqAJSsJhTRz5dy9kbTqGpNJLDcBYffIUN2W3pCwaffA0FC3EBz8038DQmK7atSjyfjvD7CJYiDEhUWsQkh90nkhS8RfqBUAYhEr5S/oNrY3hgNhNawt7Q7QZylNxgbKQ5w5s9eMDNHoS42dN+edS9POxezrVfHtSXuNKDl3ZX5F/yWg9fbncvz7a+BGOYeqWeULtzUqrZb7U7DwuRPoi4kU0DwlI4C/fuSCjcEuPCCAsD+KBLPw4hk6ZLs6XJLv2kpD/k8j8k+Y+59NOSfkrTBQbSf00XMAq34tJPSwf2uPQ5SX/ElXMQt3Zd+g5Jnw41/zSuT7n0XdhJu77tBCAQBxZI+m6XfzfuYoXA1hDX7yQyK5HfRuQRl0KegNjP+UEEfz0x5Xq1/innKaGImCTcLmFPwjMWoiYhCxKuhLBawgIlSYip8aCEOUq4psItFKPWwgltGQU3A7J2pUoXaNsRFeIKpoQ689wI4nZhyPnkhUTsTR1hcVwKkSM/x/pujk1zKugc6zOf1NeyK477SlHLrnhWdl0JmZYgn346dsVnKIBkIBoIlRIIlTiUFT98EN4jOny/uMiOL3LOFQn2R01z03JucjWMFEcqikG+34/xtmJvDlkt4EELZiYX4985LfZXlg2w8j1NEyjG0R0rEAUIF0i0vynoS9DdFMD4OgTmivTCSrJnRCSCdQ/oiMEe1DjTj1jhWmYKlez5C8i1xVA3+yKHVa2ryBg8T/r2u2E5ILdJvn8u0md1jH2qJ6Cl1bbVVimQEr4YGB0Puxz7Lrv+WPbltxyeQy7YeoTEyigWHgkZKuYZxcbGAANDdhm8J1qGU2QUfbm6xU3BgxpF29ohK4tn/xVbam81m+yfYvvZSMNHJIQg4wzCUAgp0o9HeuFYe05s5zARwXSoTvLplHs6Lgw7woeiisA4EVURB2vb0KlEuAX+JMOcfETlLEVnzQou2zg8MuSaGmU06u5E8QPWe5nO7I28YLRuioJvydRtzHWDLOvws15EkGUmfBlQNq8krmafFN3DRmTGAXF9mXq10H4/jH7HQjcRdpRaEGhWLbYq6SCEPWSbAwguKC0YX0EgZ3EvxSESgGF18j5kHeTrnLCvu8XvEDpr3O4npdFw7H4iaazh9LE8clFHuJhBBtsceVOPqNdbiNBH3GbAbXK4GHi3OShquRsVW7mGVJFkh39zFJmXg4asrox2kGkrJL6cgvIVMNL/A0Bk2aYAmIIyAJFr+3jAgkMiUJAIsCZtfhUq0w4jRpK0BQ03etRZgHUw2nKayDsTQbwYtiYM7b2yNx3voYdkSumXI58RCCm6M+7mO3kxv4rQdTyCVTwzANLsCbk6NEcl7IJFlLAAxZCwD6vjeuMPAlTgAKpwhMNX0F4x5s8dEh43f4ybPwfb80cdVC3qCOaTKWOdU/VyJeLNLNaLZAnCJEci7YSvCjusS1AdupFfwAiLJDOqSp3Mg+4MjKol1JrWievPmnX+1lbnb8vKGl6RvoyUgxKGtMUs1hfRTq8oRwb3JsjjFq/EXFnBTSKLc42SXJ/W4VOdC6t0hY7ASWfqFcMmGrJSaNxf4yPu+rBXtPImcirdTPOTeFC8o+PshXUNa44C2n18W9yD1o2oFXqbi/yCbnv6HnJqa5OQL4tSeq0DxeeuPJ8AinT4rAzSccFpsJMKTliCItOnbEaorEUpV4cfChci+cAVXm34rQJEpt+W6wRBVwIPvIl7vkF7YyzEMZdVUmIYQbUw+azH221HMKHerMakV1mIeqyKnLXlFhLlaCFZyuU6G3XlbemAhrhDoEyRdXNFX7YQpAzdwhnqwtmc/L7nidwiGeqMODTgPMAZheyoe/aDFy0sTZfhUSzDo34ZRtRRlUU1qPKpr8E9o4ZzlN1D2b1h2b1zl/3177cAo8VrkudFynARF/HWpM0q6AdPnDeQWDHlOYMBe1TQEZHW6H1JeH6uzrAYhrzNzCENlbPbjZ4je60f1LFbJ3gx32rbe7UBHnba61VH1yscKfr1Kh+uV/lQeAXXTNwsDK6L9C2NnkNeNX8awPEAxXPasirUllYd6nZSVjBoXuSXMaStAOvOZYsf6rLFr2dCXbbGuGyxuJ/gsrXbGYw3Kn1DeU64tfBhHjOVK7nYY2X3Kd3gEmeFXBjdX1c97qrc1nm/Vfp4wFaGxdgqUZ68ipUL19l/iCs/bUfnBKjF9gmS3KqrC3g15jiElY5DKJTYVH2lHtUyR1yWk+TaaoTLja1WcM9jq/M4I2x1PsKzthpHOB1WFyDcHlYXcicZVhMId4bVKjd+F7nxfBLlCGF1sY5MFTG/ZW7rZpRRiY13Ii2DPnQT2kSiZRBUT3J6eqvkeULCC+XfBRIfl/B86HRLfIWEONVdLvFlEmLRLyS+UsIxONaQ+KiEOW0FCD5LGKsX78pIaLmiEsDGb+/pv06mba8SCh5QZtU6boEbTQlKPXK4GPIgHAtAGCThRRAGSQhDCwhXySRHOCFCZ4QXyt4I4QVEBB4zPIjwfBEiGD1BOYBwhTt+GHHHEcvd8cQyuiqgffxZhIXIexGuFDRFOEbPkAFOLGcQjtJPHk/FdiDM6C8vcH7yAjDId0uQwItHABJ0pwQWfggDSnZCeH4MlKSJW0JENuPnJu5YZ2NI/94bDv1DZ3BIhFLHJYCfJ90m+IWeQjESUk7DDNKz9ZI1o4/FdRIeEmC/QVgsia7jDoV+buCOS5LomBi0O4M7rkA1EDI0fxUCaVIIv6YlPy4z+G97Jb9e5xdKqtD4myJ4l1UIQP8Q0KG9xOjQHq2AOxopnI4jM7rKkUBerxJ/oHpNhBYs2HL5vYxVon2tKuHWN74KMdqJbgyqxzqf0WEQaQtWWnQQ9UsMXjAtgcmjfTSidUuEsFiLrAGyrnZ3RIImYJqXXsE0o3NV9X/zPgXpW4BOvKNtXBbokg17L3Uqc+2EzJEcWzDn8S5wPvAaU8K7HqaBbQLGI5BSFP/5yNptiXMG5/2E1wPfhad4i4iucnjS8Ck+Tx48v/jjuOoy6XA7KWXSg9Di7ky+2SApY9JnkRRP7v9rpnWY9hV82Z8MkJIz5UtISSZP3L8caT2LdS2dNC99oTDTs9/6tACtOBPSGYc6FOWekMxWre1V/fHmoORtPqs699i0qc69+vH5JuqIFJelWMuh0QLZ90GGGVewAJdua2oGtzTTuJxsFSQxLgAYStRPBQt90mzD61vnuVinh9UXIwavq3JvgMPPavxmIlKxRwzPcG2xB9yRoQ46qdHG3O3l+neiFTAhEuFpHD+r0CxU9CIcujLXi8VJH5CwJ05gJcjF3TuIivg9lwCO3kEzNoTjoETq3DEi2kD19xqYjw3o0UTsriLM8NNDLc7D23pr9DihcJgEhFO/kwRVULGkbHCgIeVN5F+yJlzKTX059LlTVCmrquSJ7h/VBdZq9UJUSmBASajXOYZAPbsKNcOYC4kqXko2S32qogYYCwIZYaNCBBHGeVOA+ul6kkWv04rWKhxXOziChoSXa2xMIKk6q3BWtbAimes8aqQvLEgH8OdcYa2jl36hH65af3S4XikF3WUppVD/KospRQFCge5QedK5w8enQfOKv4Nmup69KbfzOqTkopydf+MisxwQP6Gujx2pn+3Cux0ddOzRaFpa+PjqIyjrkeJdsVzsjCg9msMNT5pAoMPX6Ziej3kGF6GFG8vI07J1UrzF/ui3EnxteZCmSq2zlnY4MYcjXOmuU9zLGfgFeitaXOnFyggLQ+oEO6y8KzK3ljc4fi5bP8jlZCTpGuw3Uv0uLiZ7bJl17mfn3kglacMmoNbvvWcuGJRBJ0Foh9Q37Wp21wNA9aVMRNaqltNqOgN+kfpvvllded6kMNjccgZ8vWa4RjNcoRl4nxeqF2xthcPXXRLm8nyqIxIRCU9KuGwoaXUK+iVwSRastZbPGJ1OxMjqKh5Acr5Rw4jyEaPNOK0dd44dIlg6Vke7BInwe6Bo9FA6a6GbESFxr6VPY0h5limiFAiyVj3vJxqM6+YkAu6kYjoccVwKxLSEowFZDeHxjaMj9LDqILizcpCOQNzS4nVsznr8QNAY8eN1cgg/BZ9zDzufwacQJnrGV2ZqtHodhEx05acVG3UnoxpIChvZxvjnhPIthsckhBH94wgjsI887lEc6TTvnSawjloCS31mCNtnEaU5qn38Th15HWRc/XvNufR9kn7IpR+Q9CN2Acgz3y7wQfRDto7WsPCUOP0vANihPd3ITXdhW7BKED/bUfXGUvVNVlE5PMHWN5FMW0A/nwlaIw8ineANyFxhBPjBYUpEU9YtDcaUkC0+KrxgcV0/Vs/LFTM+YirnfBy/05Ya7U1MSwbqcP+TaT8RX0EJWkEfpTN/+2nnMn8nY+rFvmJuAJT8UVD8XQQTB1meI33yA9KW2VRcPKHYyPvKMLD7ywFt/lQKE89SX4iZVKYkQGC+TxoMpKD3L6CJt+DnxQNfurQ5rCrfnI/qjj2CX2MpXEsuM6h8R2rMQsep6lGBJwa+rRg0X9ZDNV/MdSHxBsokuprdQ7bYWb0H0FdUca6jjyVKylPMRElt0V3EgzCrWD4rIdztNf/yGmLirF08bUnnmOkoqGeXjq3w8lYeobN/4vh9QAGGk1dvMObNX+Az+BYhyt69gZ7s1W829jKeLGB/4+nCAY1LDR6KUgVVtzip2TleIyuezdVNh+0tGLanYNjCQdKDSDpfkgYIJtkBISITth7abAPdM/zOdhRrpUmtO61I2GPrRNsnX1ZjzirpGMpo45BZhEO58wrUbvq/WedUImjVgecImrCIZEJyZZbUIOiyMD0oYJQK/1vI+srUOfmPUWfoRrs4aGgy51AAdai4Ka/FJSsaP6hE8pG3V6zDUh6+dRQtbd49M3/F8lm5NLQWt6R5CFndsnYEwzuQzBIm97aXONJbYqPDO54oKuoRSm/8jTbqBY1DvJrhjA538a/x0GXaNQ4/jTPDgPkQ88yoCrUzzmn8hyFB7w7YAizvL8LPLcUvc4y4Xn0PQt2UOE29Enz3y9oy58RbHvYZdGa1xGhVs5htIerxIQKHR10ciDrbQmBu2I2THGiH3hJpG74dcPHGNv4yBCUuMHBl1gV5xtShDigV17seu/T1m9E87GIVJuD3rOh+24naltYpqkckR/SKi6Anr5yA2LgZbN1CHutCjlxXSKvdInOZdMbyopfubxUJQjSty6aBqJPK685WmxeibRyNhU0rdoY6FZVdhbENNsftb9EmkFGneq4lV7n7pAtjKIFo0TUR9QBCdZOc0r9GDwmkvCjD84tsWWNf0oAlQgdYUqrsj3zcQwe6oLJk2hFkdaf4vZRsQsdBwjr0zYC7FvbkR6+D4AJ8vfx1sKLViMXXTtzoyUoqgFgly2WuTqurRLUxcT/LLY0QQmmTagv4ojdoEIpNxARmpES/NyT6nt7J+KMkuJO4g7LYWHLcdUdxE06Ora4GbhoVN2A9eUnV6Q2bos3IBi5n3Whl0Ta2ncxxDL7Yyuxy86U4i2kbKmITx8IbJ+oQ8EbBzsGHc+qYotEpmYy8eGsY5DyD/Gm/M0C/h3uDpVfO4LFXzu5w5Vw5WDm751452e3FS+fK9tIZ+qUz5f5/5rOgb/OXzhQ4oHxAs+d3HmfpDJSrHOyvTjDxKOgopruuklphiLYvuVaHrFApddZaret0UaX8SmJc4ZGeNn/2Qckfqqu5f30Q4gR3PMbbyvfimto6GLqFfqvjYksj9ylFVfkW0pnaLNWyB114wIX7EMauxYbKUJECSWSYjuPY6zlh9kg0TB+QtrlegASqN9PAkVGKChwVlclIq48OQ7bb1gw/a8CjGNBVZAePrerMCE8QNieNs8fbKa38tpaTAMWOS2Cw2adItdCnXo62WuyB/yZUocJ+nG+4La6lym+A7Xzom7KaS5HzTPrDiOw1ZJwGwEU62Gh59a9RqPflmF7sMd5DpzvbMXpTLmq+ixXWqHmvkFIqPQz9YSCFaAOmjcrxbCOHhiG5B5o5gsDOiwdDJx5MctTMolAvmRBSDMQidZLGRSsE0Zt14W4JJ/dLJ2cSas7z9tJ9fFnGMNmDJmw3U2rPrbjfqD0ftaS2FWqnvahlOutmLtzaCDh09gYxyJsQ0ZrXHmbHv2+1zJqFvQjrF6Rmf6iZXuczsUAjhakVDat3Y5aShaK2lgtWfFj8Jlu3n2Kn3zG4NmagRW90mcCpF3iqgJJX+pT3nBtIrzpJB7HUq4xVgFgGyloGAG0ANSdOLGnY0bgKB5pVIUET5q66kksYPi+92nHxZ3Ftce0W65u0cjTHQLPSifyPnbSrUJ//FqXY1uZeFl16jkbD49L4ZqOxofOJFLY92MY500kGcZwJP9wRVkYvvOcc61FwgxhUu1rfJ8A6ZFCsi7CEsdh2pih3LS3pXxp6YF4Nmv0N+0H7A3J6DrSGQKG6NeZJwKUyLP5EegcgG8cLtoeIk6Fd3nwM4OYNA/8lP/DeN7lR+OnA+zIJPz/s9hzDHmK82bgvxw4D3LATM/G95HIzMKBknTXQU3FxxOZ4kiLgTLm0Kjg1PIrMRlsIEzuEiZE5biNM/jPGoD89gRrARVVxftrjp3WIbgVDVCNy1sRJWfR/QUrFt5ZTwKJVrcNmgBzvOYooxywAuc3nATn/SGiSbe1zAaxr4xg+PR8iuMnnZqXx7rqMMHl2yVlsnaZZqJpmlHsHlOL6THCVCI1TZXIW+9Rf46TDxVcy5zqfOybX5rWsGC9We7npKkVmFcA6H/tfiimZ9YjhfIpfoS7FLyNftgaMPWM44Nqo8n2ndQpJr3cm/ogkdwfOxDvNKVD/tPk+gmeV3ZYzcZNTKF+mlAfjiOsocaBUF9yUWNeJl/om3qt2LO/A3wioHtsvugrh7zB2eF7kABhweKjvh5npJOzFv0SgHZnAMCCG8DDNHSkxrXftBE9HEI+Yid+9hfproRPi539ktMpy6WsJY61rCRw+CbDKMljlTzCw04m5mgISmNdEYKuOgRBzjKEV5F2wJNi8MkSISqqnp/tQNY6p4QCMkwXDYb2TrttiPY+DKBWI1Zf3AaNnbZdP6WUInDU4NUyBpJ4ShKxHNx8D+gejU4gKMFAYIqHykynO0kIC7ZflgeiVUj6l3hIfwnYaypbUSCtjdrFEjN1eI7GEaWsRQxrv5oXcq0MHVVr9psRmeuxyWo5QLAfd/3EJERiMJCayUQS23rDpzwxeyiN1GbrwchwQiha4zN8LsfM9BdFcqPDSZaeM1WQBrQAhiPJKlFaqBFz/5XV30v4S1lWcGmWqYxJJeWrWmUvfcyWrxUHFlyIy79QdgNiXumg8FrtCYgazjsFlCGjJCwc515SW7IbFNvq/Io/wDEMhpfUHw3gRoFCOFYJbeGcY2HOzYo+BhJ676s1a1fUSWJzbhgVj2EPDkqDRLTRO9Vh1JlWjxBe3KsbJNvfRtjkSqBlBJG7Gyi/NF5KBx9vQhg6KfjHb4DfPN7WRkjVcpzh/E5lbfHG9+Gr0Jz9jLYraU2hcB2wWO2GYIinwldoCXNML/IxBby4qyl60VBmS1OFHzZdk1N2aJcOF8oyOVy88x4epfvh3HznXh/axP/yjvz/Xh+axP5w714eA4Wkegl1hrM5kkqTQkdw6UWf/JPDUhItgfg/nlPJmYHQPtJQz6zcT29OZdcIfTgbYbsRue6j0kBpLkgjRVjdsTb2yUF6uUGGH9ZPRhta4paqQfQtidHAXabcDgFxXOpJcLFr/bEvBSHkB7Uq8PRZMof2tLLttcTZkzbEg0JDd7bby/DIPMqtlWvlarXyZ1mwcp9XlcTdQtovcN3ERwtlSH8GaqsNPKxxw47oXJAHYj6bYMTqtbUDKncmmZBq4W6OhOhLb2tKOAvZVukLY4tshlwU96l2V1xncjORQp6qsnmJYnfdBPaLTexSHdKpdOlKONjP/ONh4BZxKlYWMAYceePsGvLU8m+ACAGa5DRbtvi4Jqew4+zS82D7mRtvxGktNmTl6oxjxInAKFH/c5EYmAyHAl9gBTVWM3Uz2jLIWHolAIw/A4NKBH/HLDykGgExtEkC/dEsePsulO/7IxFkdzVB7Ksh7ozywOgPCFuvIhddoDTHolBls0f7eErs4qLVhfcAvCUtVZgDtxpEygUC8Y2UyDagyImsJJtes31y3/9r3C0IbmMSxfYqpldufvlgCg6ZLUEZqRvYWNQeLe7nYZcoMxtpzV5PQK4JeJHJmQFQXKPNmPVgueQje1DYk5YhOSzTT6F0bQmfV43Ztw21sAyxI0jIkNs2IUmFiRvgg6ggZNe2jG2W0Cm0a5/m+mp90/nNOkfq/nkXd5o721YRHuAatYaxEYxgbZ2NKClrRIsCgdfv71rwCITc6P63bmyn1i0RdgC4vmwAfMrh1vppos/MRyPeFUat5+scOwOjGQ7E2PxYaZELwgsNJ0Kx2ApCgjvCRO98wkv6D6MoBM8afCHRHSi/+LeQGko/7EjDahETxNIXpaoV1SI2JW3XkxnGLXSJap3w6AW6I8on1asNjnRPT4Ann51ThYobVmqHUDKt0/Ma9ZAZlr3UiGScgGQPeOXDQwGLAa+MwC+fBcblgGNIxwApChaNQBSJkbbRXEHpjjTCyRjhZBe1t6HIV0+sUxvbWDcGEWj8Y3xAQpcDfBE/WtIs3BBmtyJJbf75jnb12F1ugTQvQfXLouAgmtL2MYBI2VGb1SGTC+dszS4JLkPiZGAxmYmCsW1SUjw/8iHMjpVIP5cMTjjit0yeqZRMQ5lgl4V7TcqOkWjHSFm7LsOzWYvuX2yMsrsFAB9AO3G6+HoMgY6sqWYHT5QjcVlxqJ//ubgtSwMW+vFh3Z+tblYIfA5ogOj6sn5sz1o66oWulPbqzThHcBeShGw+haRY7J8p5sKHWy21uTJWaxNqyQO+UBxPgQdmeKxQeIN0SXIYnIKkFFjPDeiSxeYrFunMN8UExpc2TRCAppQlccdil2vp9FnU2Yohp79Z+36nF3OX7fLtqrGmf2X3X6RdT60z3ITdXQVt1bQCAAFR+/q7xox07oqzOfqu4qPLP5oufHFqBwulXS3Z6mX+ttp4wTSyaymCzzs7rleReo16hq17LuF+gGvL4UwN/ZmDgj36O/GSs+0rWRrythGmr4RmjBOEsQjQYR2OwjGa8g85HQGABGroFVY+gzm6GqUYRHjSqLfEgDigEUJCg0b/3fAcKUomKTWmUyMidZNQUYdXoRVB+TrViwBp3PJuz3207OThkAM39f6Jp6hmgRNIpZMu8gTVcAWN1ZR1ROE8eTxfIvXawFO2R84uX4aYUpovqhGAdorQaCdBfp71H1fPk9ihya2VRJSqr5t2FAGucjhGhmDqoJgpK8IZHMSFBmjgqUjFXXF9hj+UhN1MI8sbg3DBUXZGcDgtQYnvJ4yFA5Nc8FIC7BKzCQVJOUL47NLDdk/z/jOfYm7WeG4CPbm8V4U64XjyEMKK9w5NmAX/C5Yzux/EV/cUmbV0yJxlSv66mzvuxJlWRin7t1f4rzbp14Mx88CzUK+VKikAW0WtbRfBIyd8RC6u41yEATqMmm7t8Sa7jDPuakC4pKitq6axr7jslwXPKYmhYukx82+FCxFax+lyvDB6NPh7DiAu8gLZBFfOMUdOVyQ1oScWfQlzmPPSuo7lPzB2hEbQvg7aXUVsjgpWBb1Y7ifDz4mbMIbNBDylyN4uMO6yI3LlEjJkEdd/ip3V26txkYc1lPOtXjzXF/aI9VmaOgn1pmR3bltKGhRCujhCuDhlwK23FjygCFcfUzk0C3UyoHuKhI1ukujuc4h1Qy758PAOtGBEW1BfdX140We64X0gzDv26ZV/B0xnInWas3iP1mIOnHn4KqfRPoS0paR2s9LXsqkBXOnTa0/VfIGGPYb2HA9QrT75iqFV2hFlBpmvwc70oyzwalTnibPEVk6fkRDDVYoHT2ki0S3Yj9UWbkdYRg0xiHFffyQfiePmi6fqi8iKJ/8pEVU2aqpZPmt2fkOswr4uxBHLr2cSNgWXQcRnif4DNlycXO1K3TyL4CDORLhAoeNgNFUFE5TSSioOEeD3ShFdHL5u06M12y6F5MX5u5dAogPB8O37udOOlfWqNDxKgTbfbIk4tu3DGsm6OmeH9FIP7KSxCP1UASyNz60Z9u63zlvH7ZiPrvrvuIpg2dR+Zdlj87rS40CSRjep0ma8uq3swC9Qte9j3PzPoVSklfUSu5TAQY+TLrryUTT+kZUaK6zYZZQNlV8a6B7TowVRMr+xCOCAjI9JZ8NZ9/GCV/hRNv0h6tuWZQV9oqDZ+xrZxlpBD8i6LZmMAxKhDG1k1S3MMw/ekYgVKyf332lGYPMB5tsBUnhZiPfB2PtbvkAc/AHcNx2VakaUamwxyscqaiJxDur+cYB9pLAADaZnevd7Mq5DncdNclarcfb5KcMHO5+V5nBxNQOLQ8Xbid7nEvRJ6PmRWHrSjmJNQI1TlzDJS1MBxTg5G7wLFBoXVXp7TVBcqolUTZR8DRMPQ3fJCKpnwDh2K6rUmrHAZSCrwM1b25AAGNy6kkPXVMgTrMP2kNK643wAeSRdoYB4DZKrlHDBTrcLOKcdNTwBXFH+Lt3J16YA76uGEQ/Kt1TLX5NUK+O8Cqqy4slx25VaibsmWrB4M6DY8rcHPWrZrcBukA65ipOyAdbigeJQJq0pJgBR+dEIMcY0iXtaFFFE0QVnIgB0AykTFhbxTUo5O1CMT1ah8NF5KpAAeSVeHq1hAq/AI8GI9fjayEXUPe64etyGSUUeE5uTx0ytenShe83sdRfluZwKyNWvUW1tHaVh9sVCsl4mB3Isnp4/+5WcesTdNwGZLY2Axs8NLeRc7ErOiXFascHUV5ajE82cGl1U9oXUXAR+lIRdXT5IaJwO5AGfEG5xWNbmtLPG429xdP0kIZXnTRPUkfOQo3E4qXyn+b7diocV4cgfGw1PBU4j3NgVnzHDiHETak8TFAsKLqHPGcddOF6/Uc5wAQOzloCbStidR0I2fF+mSYqOXDQgmgUTafrECK8bMK8XnK04A9dJKwe1F8Xsx7221jgRGQhOEQYt2qgyAlFMHophqnTP6DMVrksEaidI7KH06yh1tMm3Cmg1IU6hQwXLmKRaxu+eWL4PjktaAT04ffOvTtW8YBT7KSnXRpCxjeSPrLR09m7KCOMWUtchSJHgyLmUYQHajBALodRJcjLstBtf+ZFxxvXuVBB3qwBaIUTF2XNNuh7gMMYiKNiOGBQHKD4bE0ciFHU2d4b7UQOz+UgnkdisMdvWwPzNQO75TglWyR5Mg3RT8J/C8m4Lb5GnsUm4DzKXmVop3vMSXqE/VlS841ZU5J13bpiN2C4Qy8gkxobTEhX6g4jCrDlLswEFKhV2DSk1QeKnBuEq9xpTZVwPxteH+oJbBcb4wNvrlwSmIWHWclzmr8NuXVltc5wVxDHrYuql2Eqpri3ZKS9EOd3xcNcgellhLGBuH/UfGCpEZNet4DGND1xyVxNSxtFdb02ou6B7vE3P34Dz+4dzXKkPpzdlrg78zMGOv1/i0fG0zWsluouHSD39sSBbYc8ZrH+P6XigDiOH8h9AmurGem3+/LixOkS2FSn5WZyqDiskGJiJUQvI1LhHL5M3AZ8Y2A6UZu0awmlJpqESVEqpsPVWxRAiJBApkbX4qR8VrUhZTRSyjImfEtbsOcUugefTR8A5Z/qEWmZBY1ODKXy1f4Tpnl8Lk4t2RLEgvJ+yVsJToAg/CwAiFWCsphO5toKwkhigg5skKRSnco59+lezR3UH6NLfOnabbAPys7KDRM+EHDTjPGCdsHqsC7P8RRLCdvl7TykjNjOagATHGnHpFqhZAoeu4xgpMf8Yy0BCeLOlQMqZKZhnPKiCu5BtQVHKLAumoOBkPXnJA3bGRjvl3OzbfZjHmM37MIdjmkG/DyN5VJ4QW1UljkBk9XLkbNQFsgVCb4AUafblhdxD9L4IFjVD5np6HQsEWRGhc8WEdzK4ytnFDUOkXL9gQrCFfrSeRd/EEYkQb1JitlWiXgRWoKdCm4mqHB81UNkUMgg1as0iUO7JqwDRt6Y4kZTJQMDA2yVXQlTgljaIWG0Cxg0Cm69HehEAg1uOdXKAJRjcE/1ljmcx7jQXcRADGCYgsjRqCdgeGMUhaO4wF/3lDUED8zGq458ZPBhUH1NSPCN16FD3q3dh3BhxHIVcByL0yU+vTt1qePlEtdqArmwhTrmchhAkvdoGFLXS+XaP1t2ZbIbNNl10Ici+kNwe0XAa8QCge/UoLOob9QqpbEEEn59o9QwOwW0ixW0jLRACLVrjdQoKfkC2pO4MtA9cI7E9C2B3jEVgdyDallJ9+ExQn4l7kznJQ3U6DX9EOz1gONk4BRhwrTtK6u0p9RXUOi1BYWtuSNv5ODHtlKj5OpSt6KTm9bgJJsFYha0XTY+oEBEKkNnY+tbFlDxVBofMmCXo8xmpinq7p5UYsxQSwEg4KQClmdkel9OtVWnZEx9vo5OLGtSyUOCzDbFLyoWJhdzUhldpbwGMhEb2O4cco6KxDMaWL1sGexJEX11gtiGPqiCPF6tYPR3ZlGckBTC31X32HsNsB2Gux8pSJoArlc/qzbEM2BB3uUAjO7vKUTEHwjT0EwYk2CJplbst+DhA00cJOJxxE3cSj97pgoI0XlMvKAmTOZ8lZqlK8GRK6r4dWSMLggDxZHdAUDpfP4pUpERZSQ3iWkD8QWxnThGOKhMGYJrQe8LfvxWLgxpSoTkAA91/CO+xWntA3y8mKtcgiuF66hvAK0HphETsQ8AkfKT6nREBKiAqfOQ0ELzPsIH7pgburDF3PZD2QoMPFwG6jwciz6R3y27taHoiZD4RX0zYYAMxGDdafMlZ0inADGOpdA+6a65/dMhIZawObL/yyMb0lEq0rwFUrc2N3eBUcAoVXbaWpRjdRvhXcIHs/X02yZSQ2QRCYYHGRMe02+gkmxo8v7JlF2fIFPUlyoEgCvOJKZlJ31KvrGJjFlAsZ6GrBm3uhnsDMiZK6rNtY2CbqhCcfwjnVmR4jdtUWQe74D9X0ocCgo6fY13i9uytUVAPqUGdtbgQ1KpOBvkVb9XBoGfhtPRXScxFeVDr0qva5iEQhSIt5V0keeMniuzEisK/BuaAMhhI5JXFlIuSQ7I7f1+ihzm0aUIo1Z1TL1YJP8WquLU0pdBBYrZAoKHt3JbeVmLTddZci0BXadO2UEI+seLvliRbPszgXndqsKtEOr4zfhsGQGFWNyjKgcgWkHvjd67oUTFq1/B5T06hAjJpG9AnNrPvxC6ZZT9RkOtehTMQq8UJ0acBLoMwS4pRf2lOp5oIMKUbOo6vrGSezKp2QWtJjt21pUungCOnk8nSJkfsi7rV/g50OZ0fafNhukY0u7IphokDaLjOVIliP87qoAFB4wkxy05i40CSNuCMQkWdzYfEdQCQUiFD+wrL5ib2x/UWJLz6PLy7WL2L9QtfGbpk3n8ZLufdCGHHl47bbjaXh8ojrihjIFkYB9tBT2G00LmR/xkVv5x1KxQJCsfg0P0eiv7WC96CfD+rNTTwnS86JL76vNSdaoEibwE0N46aG75+rTCpqrfa6cpAARdS2HsLniw96+JAP5VqrvGkIyVir1mgpcPK2Z+Zp1mMhj/F4URpdbGX8c9eY5nso+RKZ471h2m407nmSpiwqDtNjdw5/uwlf5lZ/1GRLZ3hr3poj2WWtmXSm0Dm8wvy5pUbFwJKQ1Ylbb5LhepNQS0+9LqTS0XwiGKzZPfIsoQIhwbv7rSrYlEuoc4KJNGS0VZVzTPWpiypyJ+emlHkQcUsLprwjhLs5/zqpI76zebu4OrlDhIfh/BNvcBiZBKc+Br26SGIJdExCvFqpr/5+/iur2oo48RFmHpIH3f3pe3atGUVypzYTWsJvQqB4r/yo/RndlFluygqNFQoey02Z243F+vG35lWPyqkD8VrjbYfwOkWABcJda1wLxzrOtvwKed440P77c3W1UBsSR6wG6m/XKD68lXdM+Ql5l3+g4RsZbPz08LUp533DC2JcLZej40Wz7w/oENzIPdj8bCrb/4jmdUKOJuEGaxi3Sgx781CmwaeCs7m8gflrbKDPvOIzgSCWzB3oMw4e1snDqcHDGnk4oQ8UbUEvL1KsXCt8+wtAdkM0vMT9XznY+XuJ6f1LiyX6JXX8gFZWql7L16AkKx/eUYf8aO7RRx9N74BU5Ih+jg9DudBFEmum+KWQEjJDbPluq+GMC3e4cFpCXMWtUyCEXESMp2Szv2nw2UGXbb8L97pw1gIT9uNwXvVly1TA1jyM1rxVFXyrCEEwMOWvnn0CWmGVVyFQPNTd2gOTl94rk7Fzb633DR/YXsv5wQ/DV06uuXd7KVHh+145OX4vo9NnRl85md27fbt8Ye51CRIf3aH5kH7xDn5edic37ti+fTv2a5AO3NFs1MUs4x17hVRanMICrU91iGe8moNBdxn8jRh7fBGcUaM3pyBIR9/QnTN6XbxksbzoGU25ciPexJTl7eVgWrO7sCLfpU9bnxcE7eN1wvKgrTMdJkLW1h0OFp/22rrLIePTrK1zDhw7chyh5D2KUHIdRijv5yTUkxnYdrdos2+r9k9pEG5Pees2J6ziUSk5VtDqmSUq8RIp58ajvy80gj0s/ioEy0o6V4LLihBbxUsPVFtX9iC6EnrrEZIjwABz6lWYgz06QAS5ABfkmS/R67LUk0AwXsUIxnJcQUKsUH7IUiE3A9WWiUKJEEirW7ZJ1VZJItZpxMeZIWR8rLQy20EQZq3pKCFX8oRmtNXL5A0TCvygXegebk+zx3U2cFwWUQjHdfFRnKhCZNK5bgKXkqVIKhfHyBTxjDF1DiMhQ5mqVbSh9fUQKfCDyuKySw+vkLkiFTHqNDOW0ZYippKT/8SOyXR3ELrqH6hD/0DOXPQa0p9ClgGIuK+Q1+Cq/C0OB9cAdURKwf/F3R3ZbwbUsWyBCMrZFqyFhxFTCKY65NkgpoxDD1xSlQSVbDT3CcMzWjyAAvaYduveE2J8JIkMcW0Q7jNalXTqbgneJNgDYb5tUmxVLV3aYadqG6n1MuzLmAD6DCN2EryHCePAZmyS35WQ6ybnhF7D2ZrF1tm6S4sPODH/jFX/KhE56236r4yUucJKJm0+4bU6TLNL7lH2Ik6JI/GAibTQI4ogycL1jXgq55hRzJwWf2gkro4w/E2r8DgeIpnTCOGetv1yzr086F7ub7/c617Oupe72y9n3Msd7uV0++Vdw6tat2qTTrumncI0ikRM4PWop52S4U4J8ZmFSQsaRaP1i1O4xi2cofWmBuk/l2KbU5IDl5T/QfgpUURNio+C2WjSSlxpC/DySu+FCqRmOqCgEtmlEQuLHS3bFRQAz/BU5r9ZN1xtbcue7mMzcGYLneOo1xh3pRCKuJDjYd/qxKKBvEYI4gWet5UT+0fwq7xVhjHFQ/PQG5ztCwUMIMsxVhXB7ZCeN6//bYLlLBl83c/WVi+RC4QmsOdB8Kb3qxloFty6UY6JQaGA6uvvNLq55w7EqAVKnOv/ejMtJLrpkMNh+8hODS6rvxovLykejQfFAjsXFmvnFyvL4EF81tOugHPyQqZvksnzt5tIHbCkIJI1fA5Ij4Unolk4vMKpl6WSMJ6goBlxdiLDmGYoNENPnuRdptdv9RLOWvIVunnTm0R69VM/lLfNctIFiaylBMsS1FHzHSgdUjRPpUOsGDjLsRCEAE8jvWUSQoPY5MPrKh8gevG+ilJB0hIEbGYhXzvUQncPkOQdDIu/iJUNN3Awh5P90HlfIsHFTw95QscH46vt/HZHyHTMgWiqOB0zzUN1Z6Rg3R4Rrpcp2DZq79drs9a14LpWM6zRDKs1Q6lwXRUSqrjv+EwHVXIHRYvMK4z9ozRNlxquz/7yX6E3IXgzZ0diYz1VmzYt66U9CSJ8wCIvGypG+BsWSOctkiuK3dYpSLS2VxkXWgw7DukzCq7IHn80RmKGZndgmn8grrMLbJQen6d6lrA4BFJO8ZcxSrxZ0EgayAsH1yCG+wb2cu6HICIfaQ5hJlxa/BsE9cj4IponReyWuscv2YbvxyWML2ZQSeq0rDezyMuxK2A112Bg2DBI7nkRoPgnaQkWrs0I2AyQFGk/lvPr8R05sisYA4m5jF1vXiF0nI0BbqMvbJ42oqS5VFHXaww8j1q9Zq8nmJneniWBfUjqfmZwq75gxzpYHDuyOKpCq/bI62iZC2mVteJwXC4nXjiA0Zx5RUO/nrdIlbfwQq/rqWoEtgrfjuFn3I0mrlfgaNjAXyt+H5LWwSKBtASi+EdkGQCbeqUEcuHiCuV0IOroqrPEXJ0lGnevRFrNDWyJGLF2je5wM8rVVmnyTZgdOiq1QQE6VnVfDXEa8pFlH9wY6+vlrcUIHWVvaaQ6c4rbN/HKOE3AgfuGOnDk741DTtIyNU8bcBFzT1VeyCH02FDo85tW70aZ/N4Ru9xdfDMq109koJx3etkaJ7zcuR1aqAUeYRJjzqrUGNi+Tu5mBcW7LeIvrnoIboG12MG1ubsg/adm6bRBlEZzdzBKcM1IFOtAVUi4R0LUMW1oNgYirWqZIFlfhT5q445HqFk5UnWGsxnpmgenJimjpAbLYplA/av6VB3Ciia8nkQ7JUS2BbDKmxJDm3JuCh5ilHzxMUaJbEcQTWElmkVW5+mHUk5fyjsPI+HrQK8LfAWGitEMPBairGHODBqRKyiLd0XlMgGJ5AftY/SgRDNE1fZ1odXfIqjp2wxKx4ZBRZlDgJ9b5Z4yXmHwi+26/BDexw2ZOsaPSnxW49Klepzs3fj9w5K7l5jX2Sa/sW+0JOhBSmy3xFYUBzngd6G/GPAUwd1VvwflS+jvSgEIsKNYWY40485SIzkjt9PIpGnOlbEKpzwglsvb0UF+oT5oCEi1JQTQR5ZRpwpoCW7HZEZSRxhOiWcCJwSSaMVSvionZZCUOh00CPZduU2MAwdW3gi2qEC4eK9lo8gqQDtQ7aEm0NgbLZcXf8D+r6lHgesQxCyveHW3B0lEz8Gue12foG9KzBkSMqMn7SUP47OyB7a/BVco/BYfsUOAY2ZxiHVqHRaC24viMhGwIS/akaFKlrpKD/THK9BNtL6ZOwNvOc1DEhQ7Y8AY9seJiMLWHEA4SsXtmJ07TI7bbahXKEzquD370coE+xqobeCkIsEZCn7vo+rtwFKNepDHPpnmZSfIxSY0Zi6BDlwT6ICk4C1CHcQYA8MMtzIDBzvU0VQGMiHzveY2Gr4LXau5CIHbQFMkXbZP+vl2LN7E0cZyumBZV0Rbi+SCnB+3yZR0865IyMNMPBw0DV/uN3U0URu3SdeidfJAgkkIEDQGrr0JDPzOcrRL4zofauejduf9tTd0PtTOR/M6b9D5jDModd0d9ODpihJtC546yW2h0aOkIIhKNm7yMd1ShzKOLmTsipb4U2WgDScrhu924zu8NbwHgAbJHABgedsZh3xfiwliUJHMkw+qFpAsVaHDYMlG+0apKgylU3Bg0Bg06HzwD7CGiL3wrLkOkpzMOSJSEnVE2nGztvYmh6m2LWBp4yaYD9wMWAI/EdtuBuLwMdQ+xvgXrEmcfFnvRClDHrauf6sYMly0GWkpvHHLwE/X4AljO+8uo1qv9jp68m6MFAbs/JigpL+TiQZsdNolViCM2Mb2zZUQHFKK4DLeocqwLXtq8wKkFBPFf8A9JB5Eei+quHHM766pIwTX4yJwiMP0iN5PfkY+ohe1VkYzPyMkHIn3DxWwLq8iRylS6OTjN3rTJHpPI0JTbPH34EZ130K5+l/whhrAQxFNSAGNUHzd02eyp++o/Z8LAma0EHrgzpFzQvLPcf693IbOs6l1nk0V2AIcADvVq3kMVjvPn5F6sqXDEqJSRouSdHIGDTjhDikbz7CD6+CwwO/JsKlAdgFH3WnvuFx/6BSGu0DdpKlZbjqGwc8YPwH/yb0YhZNRmSJSNroLqsMJiknYDTQK/ThhtAcP8dnh1XGX6ZjLdNRlOoLnGJwKllCQMvQSu7LUudhFF9u6S3Qu4x+ljW23f2puWA0Q03UZftYU/xjXEUtaR2Chx39kINDCXIa94daOCU8K6Zhy709IUHwiwhRwugn+tZZH6zeLs6E5NO/raZ6OKK390vbtsIHYhNGvCVgOdZ+koKIPTQuGDiQfEMNnbqKHt2ArRk8o2iTERd851hKGxWNTFjv3k6YOW7syVCCFS1GsV+qUClgVu2jIltC6IF2ZrVfPQuuo4NjcD5OAqTrW0LLVha7URE1FSKJBPVoqqEXbfJY6RNFVYEy3TCdIdFxTaqxGdtBGnAScoRFU3VZ1uacCLkXtQg12evAQFmKhhY7UOt3UpRBquEEjTmHPJ69v19cKwBibvpibPgetuLXjS3WN0F5CyYR7vryKARZoz/G0Qib8A2X3Zo630v6IPhGwGaC9nTOS6B2cYv5m2PoSwPdZhhw9FTTqtFEfsGrycEbjqyh7lMgxo1tgRS83Fmc4FmcxFvKZmbelxDfUegx1T6kz8hGgm1R9GqH6Lw685E3KEgyhmWoCUDBdsaTjpnCK83BMY0+2zsJ4vUMjNIqVHDLON55+cwjfSFNNsxtqVgQN8+IGQh3S7P5/I1WijOpeoqHWSDMzrDBS87+shJOhsjoRqmgg60NXXUcao8SnzFgOnlEIEZpWfyg/bGGUTky63YphlqkNi3wAjFwx6mkSqL78Xca0jE/FaiWBcssFUlqVm65iQDcREox7ISrmy18CNBBmooNLGqAZoa6tHl08ZLTmdS3zaD2tMlOClNVWb8nq4YxWTnkZ27CalQO71vhmlKy/OftatqRES1Qn0OrX9ol8vWtm+DW1+tBqSVEZGmIqV1N7f9o1tpdwadahdziuolrCiiUhwTLzJyOTU3i7s4Y57u81aoJI4qcQDxbn2fH1n/N5jiIe5Pc4Ee+6wSHQG0TScEkQXGoga321PEAXmJLFlw8eVjU0KkhFpAuhSr2cZ50qENUDPxw+1lHxg9idBXupKDvgbcFgXaYhs4scP9F8AbL2DIuSE7vDbcYm95YQ6YmG2RsdtxAIQjafw9MInsqQkCwRI3TH8/XzP0XBjEJHs0wQdVKstV6KtTp/xmN/xHrVbv+K/PKAeThg+sIXbLwBNcOCAz/q437Uy0UFUPc1PmcBibYRMW13vuGcBahULV26rPxnlu5lGXsgxtrYJWt97nznSFgLe8Keb3eIGmnZ8kKk3DuSgc+jV5q2EU6rvLYVY+2QmwGp8AlP1QSHqsRhjyq5b9LtyD9xO5LLpAioq0KyiTIisjqVIZTd7QI64Xtg0rxSsnrjlf/atZ1tMVlU02r+TmcgB4ubbm6VfdbrKcXHjDZX5Jrqviii8h8SbsLVGwrmImecmew62o97lxFKjdTWr7uUs9vdv97lLvzPONMDO7G95B0cqV50kJve8BIOzqXUDOzHdL9RJxHbcwU3HijD3cGZoRmA16BEqcFdsyFfoPahoi2os3XXBu2h8ruqM7KwKnefG/syx3haXDQIjQ2kRH+q2+z8Z+drFMIhSdFzouKfIn1WQzB0JaTmiGLn71g7g4dxHisXryK8bhbYDgY3Zj2rqw6CsurCxsstWJT9R+3a7fza21aAvaWdZ9IUMC+T0JSwbuQy7PD83m2dvkTCujp1r9ZX+G7N8NUanjOq1YwOTUr4V2W/hVKTr5ApUW5QdJoxlHMrSnFe+AuQCqqOgqo7+fDI5NFRvBa9/97kZ4MXTpS9u9F1B5pwvnGnVD+P+XkbtiUhuBi2roBVWuO4g21OjYakmd3WsmVqm13/8ulAz2mb3Rrltk5NLXuLX95su6vB5goFWkR+uUJhxmjTsLUFPAgFHQbhJpv9UjobUhfO3Vi7LB1M3JrepMM43h7GcTdW6FR8bvjXdHOtI1CnC8aA8K76JFd+OIs6ZsEAcLZkwRENjyxd2AilAb6wzBfW+zEKE4zwJYlEd/L8F24tRyYvfWE5OnnZC7eKfjrHp+wJ8FCLaEjyiIQSTXttHTzwUkEmu6PsTZ4Mpl8qwUw4fbcEf2tfdjdH8IHJzuRLy2Di7sm3GjEccPdkLO+Luyen3xO/TOqbWSX5RiYvk9/Ru6FhOTl9/MB/e9MbRl4q5LaFnUZjasveFM/2VpemcGhioVEUK8WhFcwSGsdCmahOFEOdKEYmeUuaQ8wb3M//W6OKRbhd08L5nIQ/dvzNkuzP8b8asj+nEQ/y9xvZQpm71XUaWSBnQ02vC/nesK21jEGwmckOrEZVJ5EBq+9hcJ9WMumQ2WeEmWBb9FvvuiJw//0vZeTj/9uVW+XpUf73gp/7X3GzHEvX2VRKFE3X2N0PYF+5bv2WNfbcyqk0bxgbY8MoyMFS3/sZXCNfQRPS1LqAGQzrr9Szf3ge8+e8PdyqjJZwddYLtYy6bbQMW2avhaMWigOa0OfQgZH3RjmcZQx+p8frlsfrzElLa83h1/DDnvLdj5P5q63MXiX12gUcSaTG5X8Y0AJ68XfeKyODXnNJc1jT8RjhKsKAS3mnmecYz25rW9blqpvohV/EMJENAuI/DRSnbbO7h0i0EvWWmFELceBm7V3gXDN1nh/RtCy32mio4YUtoitQnfHAO5obDTx7lRS/F+bbjYla2riNhUoTzWghFxpNohMTS9BqiRkS6zJig7U4NDhigyUvGhxRjjls8IfQ4H4ZoMEhfTt6FdwyydfJAKBaqQp188er1mgqrHrBGjvNs+f/m1e9kEazuXU8aHAi1GArlquoWQ/WpdXAiO1zW4XmKwjSwW7hHjQs0IYJw8R2geZ414jewSEcycdSlk94S+IsDbfmB5573qR19FiuAIk5L5xXVezLfltS/GuoxWMEHrdoBK1iPxGZxF0GUpGqioTok9xTrBjFGmie9hyHpRxCR0XlTuSxTgJshCXo0COp2jrOKI1V7Z1UtXdSFZh3MAeZYUwzFJqhhxJ4OA4NnKrjZJvFs8BNWafBgSCrKcBbi591zof+TqO+MvLidU7ecb0Kg67QOq5RW80ocr0aFKPN5bo7EIAYij8g+sGCOd/nfkLePdWDHlzhGjjuSnnVOV+qDDSXjW1JAu9jIWSOcyVsKQ41Fn/eaf7hDXpGp4K8O3E2kuL13WDnmQYbKi/WxB0GB0uMXoau8v36DXRp0xXU1cOQ1FkkxDxk33W+u5n4XQSdMoIBqsTNRC81KHscHrfkfoTUzFvSBbq0qRnm2Hx7/7G7QUx3ge72R1RMR8RYb3hE7yvOp3XHJMEorXMOXD3peJ/SOqO0zroGx375iXX5Gdo6/aDVC3Cn2waAy5bJ+nHODj/FXp+wNLAWHcQKns91KAPqArtBfakE6G4IkZDTYmI2sE+/gs0uM+doQ20DJu0eOnuIycAe4mpnDlES1rjLZrniq5a80DSgjCWgk5X5AsAkCpiMgHHngl2w1GB3hSHqDC+alQ5i1B7Wa0XKWkUtw8uOJOj4xqChqXPZq4c/i3EpVfOQ2XxcIkWh8iJwyplnnp6/3pxzrQFJYoU/xlqjrTrXWvMOo8dMj43Wnn1T6/ew2xLjmlB2/5U/MgL/EMGTFyGwcoDqxLeFvR/V9i08wexpAGXk+M7Kug1WiCszUWv3uoK3meBZktYQ0H9e17kGMdbIOyZ6TaVUvxLlVOVMisTK/Og+d2Bae3hECOKAGBedyNtPdazFf2sLBMlkLvZkgO0/NEcMr3t4Q6LqzIDeO6R9kiNydyQhlMI4R3BEq/f4S9PnKYbyepzaXulSDX9Sn9RrjTqToDiLW8tH8HFO8dTpK6xCulc17XnvJMooXlIHesucbSAw5Lsq9ELIMD9rZJW1bDk6QH6RN7n+Uk7Cv27uuBLbXMAYcnta5bdyf+haHq5bFV8pM84hlfwq1GrBr46kLIhQEqF0VDb/N/8oD/XVfWoeqlSG7lpiuWugaQDP1TLUaohcRr9KacMi7dtB2bXqmj0UiBHCBvydzdEA5UvngutG+SV6Ti00BRBWG7Cd221ouBUizrbvBHBfozub0okqsMexbo+zpg7f2trGQHrV3vHopenwbFJHk8EvSwPBxjcr1A80e+X8AADD7RXEB4jSx5bKUUiO0oJsiCTnP0wKSr20igY34iR4tpRc/JPRLF7oTBvuagTN73WuUIaLGLESJSj6r3CuY4r7MPkyWkwe0bRp00TFgdA94kaUbT2eMsJ9fmT4GDQhHv/v/ozEyxmx/sim/hd1/8U7eKBTYPosZ6JWq40L/TW9UCmNxpTYOHvEN52jDlYAUrsv+dEL/W5icyVgM0YLtpCuRu1Npzc9EpA2x/Rlg5j38AR+XgI+UkyFwImstFFl7I2JY5xvBvo4cwUqfY1h2psXYW6rqVkl9HmqUrkrxUZ1R14p8VtDwypyKl5HIK5Qo4Kp/DLDKUUC/7EAADvSo2eKoNgQvMpotMNLE4zSvh7wtI6wHYNsTLJtCEYZDaclmiEKFVSMGAyOrXE21BO2o7gfbIO3iG6GFtGNt4geY/7FA8cyHUzKjlMlg5bj1RMDL4hlB4DJymhLM/5rftVwfqEiGda2DfO0eG4ZEDCezm9WOh+5+6O6MVcFGItVIBzXEbHeNjgCVUG/BplofdgZDlDby6FXQd+oGdZrhrYFcSHP3kA4bS8PvLah9WohHME4RXaKGFbNv9APHKlMNaJrYOBXvh1Go5kbrhGMlaJKpENA2AMqhqJED/+bPfg3q0hR4VQqnDgp/HrYCzETHiY7oC1rmyUH1E8arbWOvCM7rLVRy0S59eaOrB5IaCxw80wvWfxpyws/bfqzpHckVwJ3G9DgUJaYCyX/KhVoiCgN+oMfChttvtj45HtcRI0RrNYXq5rPg2UJi2UTOYXXAYeHy0o04caoNIyv0derhwpWq3jjzl5qMLCouzbF8UyN6QTOCL8jH0ARJR+apvdnTfG6TMcx1JvJxA8yJaSqbCI7oEaho+KrAP69UiXGpv3aE6oCMQ9KrcltmxP5LPdczP8ULBKNhcaG81yljeLhq5CSfVl+kM/UAQyUxSL/LFbgtS4B70wQb/usyE+6y3PryP8CjGBTIt04U+Yx1bIFH7pbgRFuPcfF7xleaFZ3tYQPKCwdgpeDt5F7G+AhgKMx3t68IXInZFjUeUi2NhCW/xolvO44T5d9g+JCt8VfjUY1hvESpBrDD7KhRuSD5m/pnVMNuNP/MgWOiUPNlruJFnoKsggH2ZOAB37EoI1DDFo31LyzqnRnWg4EfLaxAaIBH8G4krxgJ8WjGNXE+wKgRGkxEfDmOuKld/o5rGDBhdmAcdaf+wDJnHLEAP0PmmG9+xGflXgivuFR/GGRnEMVnM3YD62NB1GddS78UOqDsvv/uukb9dBoKWdgeDfP0nryDWhRCF1S9vp2pheSPm20VFbT7Hs1TaSfhiH2GG5vm7lDgogbJO1LkucE8pyRlOKNceA70bLyPiebRpSOXkN97j2D4mpLwWsD+aHs2bl39XbbnFMLCTJ9alsVCAHYX90U/BxilwS/fGnQDJwqhJu9o47rB346uCLIioIpb6hwwb7r6XJ4OwDXMkrALFo7M9iI55ltjmSzn97X+Oktd2kGYHqLUowxrhiqiMo2HVS/0WzVftWhV0DE1Kz5KnbXwnUj6OgphG5zYwcVq2THgSZaBJp2paXRZjRHSbnH1AieP0MPJXv+Lrc1PtHe9q1iAOVS7wJuWeCk0dHAlntMa9t14lVEud5wjxq1XBaSmSulfxz8UrIv3uKt8kv/WHuL5/amV3ghpfL4ehVvMC9IvXBqvz/BcuWFlFaFlIPDiHtTiGc8d3hOttDiyXGGLfefRi1V2jZzmLijTIXRwMkMNlfe44pauKRWeqjggzIfFrFrvS+YwH2qViZv0zXx9grVc5eqJgvIktAN+wcxSWIaCaLZlKJkbB2wMHNeZLxpg4T2+JyAZr5PQO9Bhqp5kRJ+NE06D4QDd6d8Wtlx97MgMCA/Z5S+W+7jsLpu8+zpBs+drvPM6Zoywg06WnLQFgbSCm110GEs2CB2+dz+u+1L06G11GvafKQzwqEdcprocfFcbDaDJiNLGTsldHcoUcbgRgV1NEObv1RWQjFfxzQ+B2cZPx5nGZ+Ls1SUiZ01ioV8Zts/MDlNixFoKajvpn+egYaHJRqAAG7GsISOHtJJkzaAjnRQOabSGhkvT9xYJwgZDuw8CgUehRgDCnHR0OqEeUR8+yKtebWxapTZs5p9vuMbVtpiH78YLi2v8TIHHguGgYnigemYQJma0m3R1PYCtsgAKc7B2BXGKdUrPpSg7cYdKUpOQQuUTSgYsk9N7JKNslTMZflRUPwHLyIKWS7kQwMP4ipHWlv8Bz1l/VogMVWdAwFys069bTqfMYADsv6bKzjTUnsqiaKHV0UUSy8+wfz7ycG8+8nB4vvJwRL3k/3t5IEftCBiRO/tWlw4gpUNVLqwQz9Ah2zbjyfgKS824VIAe8kOYZkmXfX3kZWstolIoFY9ZGkrr5UFrL7KHZAZ0JSYch/1mh9tJQBXSDRUFGW3Pe8z7tmdNZ4JAnJzJ8O5S1/PDvVFeKyTUVl3uCzSaUWowSCEar0AhejhBbMBXS6OR0O+5gXz2Rr2uBYYWDQVn/IRraeIGQ55PRh0cntGpvitCB+puSNaJu5MNRv4zn19cKsdVRWvEymvUWJV+nxcpdxNSszyMht3W2J+2qlYOAXnlb/CW8ghN5gGZ/23S7BN399Vn1eufGm9UmRPK8vzbp64u14pL1a+cEK2obkKoaet17LHY3nloOw19XlSNC7FqAu87Zz8O+ChVN6Kw5aV+rm+A7/BK4iyQUcaL0BFVIhma1D/S+vztCG/0m7IGWCeVrk71mQabI+Rciu+RQ0PxnUqu6rJsWn/acmTrWzi5j4BtkcW0q1Nh54VIKIqpIP/z/xzPgebi//3coQGWNItd4CcpVByiDtdXqCzdHa2O0SU3s5mXHRMZAUu2hMIhq1ynZfSDoKsTouPqbsMO5JaY8LIBPS0kGL9KQ4l7eOxjZjTD8aQQxGEVQoBU2MhYLKA2ZFYTj27sMQIOZTcjmlOJ1SqzxxSTMBYSJO4tzQYksA8+sfQ1u6m4CDCUBhZhMIsH5D4fo2HcxLfK3HqkfEmGczdyO9sOFV8Ky4TKu6ljwFRaApLC4eneKm6qO10c9snkXddnUVpUP+z2ow9gkgb7L4UjRSOO9ULXm15oCsKS00UUeQM76e/Ow98VyM5WZR8FVnDu5WoFoPZcxFTV5HrmoumyHkWuBuHfccRSXXClP0uiju9yItdnNXwIMJTAiIj4d50inMPvwftFEf3ywm6eSqs26f+UHc9G2JryugjEu1p9GGJRrpPCHAGFKFHLLOOaNtGCRQ9KxoOR0gwhqzsjxP5pkRv4yZeBIQrkBwuSv653OGXYlcD9djc8unjMU4ZcJmf19REw6ntEuiZwXeifkzDeBurlQjWVee5xrrhq6PiqPEQsmUqxESb+sUBXDwtC58IXCzgEsGRrDb76n5n0GyJsi07SOYmLSV5KyftL/aB0KfRAqA1HReTV/ItBRrWkQOub21a2qUA3G41R/OJt7rsNTmDn1WzMErmEfkVUMbz7p+YPHEsxKUX9tAMh1E6xvr/aN7IvcD1wb38JBu3P1rUuEORb9yDkW/cgWjYuN5lS9fwfNRwJhy6mQHWX2pmIgldpu2Iv7y41OyS45dqJSjmyg3hqRA5dRbRzlDriznEj0qzCWm35iYYsOnYzRyjHWOLDrBbB63vVn/jUm1V6hBvuOyyyzZIb544Gv74A4pBumxIhwitp4dHgX8Syr2n8+6vabGrNLjsiN99/L2Pv7NulXxmsMOtt3fX50tw/gsniu8lw7G12olS+ALX5h9/nC9Fc01DHwRvNfTyYG6YKK3M+olNkiJMi8yZT70vvWkrwCyWCCTjixsDoK+Uur80Dz02/T8PzpvQ8FThvGERbFDPfzdsnr/0HNi4eCTc6Opo1//do4Iqztvs4f7cNtzlaRHcAQDlryzuaMKMIm9s6lh0S8N7t9ocXnGP5PImjpmKp8H7Zl/Xd+UzSuvW+LD4dkyeDD3o3tDArpS9szmR3zHRXwe6StuAHSi4JNVYY9H5Gen8/WIQW5pubp6oIcZEw86Ew+U/Gdwv34go75eH6zS6R6KbNcM++mLRiU7trERtY1BniSZyE0jz3mxBH8IprtgPB7whbyUHpDBuQb4NPQy0gttF3ZnMj0hHgaGPJChnOp0q3kHS/khSa2ZpcgI7j83HeaChhF8OlLtwqVDntJ9Lb1HS4bzoo5cAfylp7alNU0ImVw7mYMTb6wJ8tgBDkeoIFbPYudJ6R52jVGyhaZobsp0ejPUAkL6UJmiXosyYQ8le8TkKp/kkhckYwwCGNJR2IrbAnARBITy+3Zk6CEesb1da4sOdqRYzeCc3+VL/TTjHODE3POq+PyR5jrv0w5K+26UflfRZLXS3wpi4VzlMrLtaQd0jVCHuE0IJPJJaMBks9tijBL60QbbH6LI65znAYVTvPA+m/EiaA8MyzC7N4RUXLj1gHWnlAmFvwUB0CcKozItZhYxkV1aYCCfxvS5+UOL7oSrlrlQFiOkdJ2aQj2qp7S5Xim7mtJRQWY+hbRUsooE3zcKF8Rirp1T6MKM8Tz0qUbWcqt9i+x7p22tcTxJKrSU14Cq5zjGbDiGU5eQuAut2VTi7FMvUJIKAlwYS/t97qvWXmGr9/wFTrf+jTLX+T2aq9f+fOtX6jzXVVvxkptoKN9X6/+841cpCzDIAb72VuNFyWfEe3q97BTAw4ZT5VKJYv0a+Osd0M832yOFC8VSV3tw6j5cypSEvZQa8VN7mTkdF6rkuL8fma8NKkt/d9ho7PEQunYUZtu64spZkq7h0K8+sbEh13uQj4eTcz2KJPm7r8xHOySFdrFzonKnHoQv0xLnQ8+6uL5DgAseFjt9f2/K8ybn3pS+8o8WYXHVHHZXnTxphWSejF27V3eO7I+4Xl6GxByPX2DolUzgZ6y5gIFnCPxEICVq2JUundNIttQOYXcw8Hhgyj/uGzOOeNvOYCvMo0IPYdB2LpESc9vbfYbgftmAp1y2E+V8M2cx63j6wAJkM3S5m3wHIOB+MYMdUHaqFC8r5atJ7ni+HkJaskZyCm8XCE9oyin0fFXwwDe5McSvH1oSeY/tm7HlOSK1sFCdJarI24sleE5dJHoGixJIyR7lk1RYx9p7D/P9s+smAkW+4K3NjMbdo3/6cJ8rI956tQNa9au+ZucpKPxZrRXWk1dSW+KJYAHlFm7lXPIh+JDxQWQrwYJ1u1jjiz+Zm7XSk0+RUJJu1H3+r1u6ItppdIZYvLe1Y94Sh9qzcF5stNRDep/XTS0WDS/jfsyCjxVD+kxG7rku2jv1WKJyjlc96wq1c65C8+HSEkW2N89Nz3VZAztsfeMoe7l9OtFxReUEXLB3DunHS7Iin6K2Ea9LBpHiBpO3StDmmHdK0WU07wrSjmrZP044z7SFNO6hpJ5l2imlqcV1IAmeZrsGxijC4BsdizyPkghpXFBsdjjmXORmj9mT0m2EU2S5QCtsghWqBp2HDA/FI1hh1FDgYwzriihzXmVjUoXMiL2301xIOWh4vi1BZGiP51PbZUQGYnooo0bUDYDa7W804If06E2r8uMRPu/hR7a9ykk6kWXwj9uWWkdRG1cbiQ5FbIR+02to5OTa5rbay8RT7JwozaSNhxi6ecmZpq1yN1GKHo1d/QZK0lVkZ6ZqGUHhNpYaUNwYIjw0ANIGnhyLsvHQVL7PiU2yZEsLMm9PmgRfOnVPVW6SVOcFZP97RVLMWVcpLh5XZUEZFrrur+YnW96HbSqaKzTzWJqdDJvGAW+pcgcNSzjgp2HaVghHE9HGsIchK4Fc6XfnaUuMHFb5RsV/Rgr9H+EiYEEJ47D1Xdcmi5lVfFp6mZhlHkt76XO3gpwigDSlBoTLvTI8X84WHFpkeWvRqOzi0GNFDC+MOLewShxahTvgROFUb1G09xD0aUIigxAAFiSBhPjeEb+BRjmgf03iBW4TIclJI3/zNzrlAoa2+xF4+fql5KFK55PGWlLElefQw1hWZbTt3BXteN7+C6d6PVgHYNdJeR+IwRt5cMYD/7UgIctxInuwO6S1IM0cvbIEvh5E2Wnx8DkbxHHKZntaqJuKLd7ZYCk7CtiwKK8GhqEoVr3Bnr/iI8L4vVFWZ0yTIjwCX/AkNEtM+NgnSCN+EEWtDM4/BeCpmWkcODRSJ7MvKcHjmeaEeaa70Z584oLzwsU4X8+ILSQkhOIhPOjVv0/fLarawtS5LWmMr62DdwfpcZbRFyPaSpbZPM087p2iv0z7UeAq6wKNSC//6KOOgHoEYAEAGSmI9FIZ4/6llB6PJDAKFDg5EILJbjfefiGGBcjUdBMtD7yl5Y/QE74/xZqKyvdWYff+94EIEx6mAk/oRxoku0pblPJjtL0Ol74n6KlxfDNHZcAFEB5grrZIDHQluHaqMOcqfK+XX05M9YT0ioZQK4oExEOpxKqnH0XDsHHxrXwig+j3EHf0VObp9sVsgem6BGHWcCnaEI6QUf5MMieQaISl1XxfSennxoVhxve2wPFXyekq+GviXD08kmni0nXgYD3CL4F4ebL/c717udS9n2y93u5czLjyOTCcSkbg0WZX1LuY6nLgNoyCtLgyao0zAgCieIi6g6l7Zf1KZqU0MqnVjAAd6VSWOcrGR4p2gbpWieOuMFoBOZMgmd0NVdV/1/GXi4toCkmBT/EauWCmA0sPlBlbyK5LYLsdV12EJWDRxBoxS6mVe15wxKkgzBgXpgVXPjlMB83yQoS2y3zJtaoR5ttxRIUFTVUD4lf4KnXh7I84DRWKQJz0ZwoPMmjLFWVh7W23LiBTST6EVnEHVyoXH0jqbpMToZY81neJyZU7qQ/v+RxNEwAL2Q1Zxyk5akMxF3Cv902EkVTtHb4x+NpFipQ+hajfsiEsDdZlpxyhqKe3p2ETF38WOGbEOaJ69l6+4oY/qUDkJ7v+jemWLjZNdjDJ4BC80X85Tzn2lcu3g2HtJ/oRgzTYqvNsnPufeRM8/OMSeyEOB2Jz74ik8OhhxlV281afszyw4Ft5j/BbkPuO3ILuMswSlpyIL4ey3IX+JXbiHn55PKhMceQvZ4YlIzXfrvkjtd+vuiH5THIS9Fe2QAjknCZtRTRruJgl7kKBIRAOAIxy7qKqAwyFztwrCmo7kABhilZkpMVbJkxJrcph6Tvqx7XOBA36nuI/MgkxZv6OY0VYJn0XQslX8ds5zpxtJhEzZIUw+nuRu84b5o/vUT887UY2dZItWFeSAnVItCAgoP9gbtfMaRxaEGf3pXJOhuqI6NkMsjvicOYfH/EaOkOT8qNxxfzFNUj7WN9q3QSn5kOeaDRtDZh8IvcdxlgJJgTcNWyyc9eABsCfuBsaYWP6zsU7kw7LA9y8C44p5/udkCTVZFviJYZYL29iPHQv7b/sXLDzn4geTwS/1x9pf5KVbIIVIPZvTzjFyHbloQUZOIPOa6I5+hLsbd/RDVtEuASJGWDiSz5WVOBjP211f4o8C24xMoXA/EdG2MGp9V8RNMHZy4/MmeuYnuoO36Y35qkrjWBmWcTYS0aayi244RaVpAtyN5vsY8kmCRKSCETfVwyc21YEbjzvV0bR5sLFEyWf5Bv8o9donXG9bFuPqHMg0MPbnpIjtxkIqQtSPdOeVemzoaCkerlxNqAiuQHc+lnl9DHRr8c4FXhzvb+9anDnLxeYde8vVPr3w9A+mWmr5GKXu3fHESqXEl9tq3Tx2it8fQDn7kaCcAVIoDYSwhi7r5xMW7VfLEntH8f5OWgGf5QvOmg+oydtIqeE+U4e6ImrdfrVk9Vgtpe/qnkOXx0IXy0yXTm2LZmZWV4wWohWweK3aV0xnDuFxF58D++nih1GOix9FOZEepGPhwDXMNun2giMXPy3xQy5+RuJHIq13GjahI1W9w++emPs4d7dir6Tp5Qq8bs+Ej89bstf6PR4kdSMyk5ajGT+hmQsgezlh6sTnZ39TxedtuYuK0rU2itMXT/dn5KrQ1fzln4i0Y22xQllwDzLOfA+ycI5xkGs5cIseU2SAmevpYbtqquKtwXwebb73Jan10wG8+EiKKc+nH0VKTisI6jymoPpJOZ1y6hEr6TuWBx/Od6wQS2ASYMNp548enrZwh714QUAqvkubtwEK5znBASjkUlxcu7zV80p/MmebsAfvPyrlPH+g43XQDAGzj3G5Afmg0f6R2Rgvw5cu0SkyRdqjGeN7NOIZx+JrCV/bgTSm8huGwavUvXLsffkEmc6LVQq2Hfbms5Y07U+T3pPaUMmWhMpFubr7sJ4yrqE5Qc+daYeIo6L2vcNxY49DGVeBBUAnJvLBFLgwX7TK98bzx9GXCyhQZQjk0jnZPqBuIdCX/ztWuPEBR9Ru3floXaYawaNlr/hgjEtTKmWiacv0gfK8m6SWAq911/+l1X5TVeyBkW8mHx31qdVKGB7FJdJ+uVx3y8V7Y51HZR+70b5p7yKgWygfYs96bjZfD4jKEfmcYugyF9CvXGrncWrxIeOPq6HWMy3+2dD/aqjbxjLcLKl/1gZmvmQTV8ByRjo8DJbvS7+JXKrPzJVSSEVGJFSeQS+P66rZ3mM2nHG6arYFg32gOoXJtd5zVOcb3GPOuqdD3DHtdk8Pco85Yx5z1UyWPvJsH3Bqe9sHnDJIoxgkfwJs3cBIT3/c89+eopDyqM3L7aXCm3oWLoGZJewimtdxh9bekkF2YbEVW7Q9qyOSAKp712l7W6ZXY7VXenolhe5Ihmc34TQeIuEYYp3mp+PWy1OxvjzhXh5vvzzqXh52L+faLw+6l/vdy73tl7PxkJTMxKU7enM3/Ultxa1GacWXppPhedyI3AFYCNzYHbrxD+tQ70DoCAA3dvAJgwDcmH5Mjip38DnIC200wnCaO2IJWiOyoz0ieq5kmtMYEZLBWA8WdEQcSdxndZOsk1vGwl7u90b+eoTy6w+qp2XnG9Q5CW3+ilby4ScUKomWR0pWrwLrZLKE2ulkqrGEHOsE9BZMqiT/HzKronzBoYuh6CGeT91+4puecEjdEMGaD0XVvvGiXBWRzxcSH0tVW2jopazMRCiscs3FKq02H6AQEcgh1xC1HvRIB4T06BgeRvqAn5b4bhc/DlC7+ImQ0goqEpHPHpxOtgRB0wLvR1x8h8TPuviMxLe7ibBb6t0ZeV5tEQs9xGyz5HlDTsdUBIgS/6OpQkpwbHk+1P6a8SiiCKLIo6ijaOWRigKsE3YowDplvQALE8oLsM5YL6Bi/+eswxbr+mlkb+HiuyV+xMVnJX6McbhUFoc0mAMUTS3u/7m7h22U5WFWkT/x6y+q1BLiv2AwB+X8uWdbugbG6RqJekeLsnSHuZcciWHOLB/yqnXAnA9JTmiLpO3D0R4aE0WhNTqMe4xCpNjP2qjwg486rXjmWqSF+XS/OurbZk5XPw7PpFWzTcZpp+lHjovVaxPFGs4BdySM+pN8cdc+Q/Lqq4wU7DKsHuyHrAf7g3Y43Qf3rGLcsgqiVhlhK26XBCtGoyvaeDgvpFpE8bkIJzj6fCLF/dPT51kxgkbj+LEaXiQDA5uKTc4ThTqnTnnOTZNcWLtELYCneLmx6qk9wiqR8JSE2TyJX1eV6AwaToW0vkG7GcUVeJjPLdOBz2JsZW5Fo9vJkwHsOFWk4T053ZhMq1yypqK3zqxlLrEFBSHjraV6NNe0HByydCi/v058b3CePrw9x7Oa1xqQ4o7E7jn46QC3b6+KkH6ve4L3NNqQC9UCwDluSEpNw2pGlvUD3mBM+mnW6ff73X5PGr5G7VJeUTwHwWb83AT06bH/HNZ8GO0Oo51hNGM5t9DkpJZzDX6uL7ixejgQ7ASqt9N7yYLneP5zKQaZiKC+gVrY0QA1qjigeD/Rr/2ZQ0HAHYvyqxy8artJsGkRgB4faMD5ZQo1AVo3X9brj4wWQT5Umitj3r2/y6nPgabNf1fnw7f6ao0+lWo13+pToVzPYXI9Euij7KYpDhhvX9FVOY4Ue4Z1UBcV7xC9RhZHZjsR4vdkqJljKpKfChGlevmJEEQ3xha/1gmgGKrVHmUrJEDuW4HppYpMiOcHI50kLBkfg6Z+PO2N5higJQs8rgUe/9EKHMkx0HZ+gZI1WJRVAXuzgnJzr5/jjZ1qf0ZZ8LtRI5oA7deXIXb74sZMGqki1zq0HF8PpwVByMUzdiA/zSgH4hSjxIkTGrW3kXmJMQh3Cusf4vXNVa6HBfSrNhylWyEsRJQmxPAaGsYAQ0gN4yZAJ7DvY1Xs9kbt9rpFOOJIMBMpInlf1ELONl66m5Hs7wnhXv8g7eXDnu4NfU9nQ9/T3aHv6YzvEwqYoebbx9Kl6+p1zz17JMGfhUnQ6wzbcHjYhrlhGw4O27B/Xhv2P2YbFBneBcrlKzg1rODEsILjwwqOuujt0pgBGina6GgRjdkGjzpH2YpPpEPwe0A3B0HAmE0PDY8ajc9hP6dxKVEqcPH9PHwkHR1MdK2P0z/yzTzjmrmOQsRY96BKOXUm6OvdeljH+IzEZxlXy4G7XXwaQj3tyel5PakT9CXxthHm92Zvqzezrd7sbvVmRnuTuM3eGQ65BFgHiOTvic5NY6PWJIyGkzAaTsJoOAkjRepo0H7Ve5l3UrcV1S0aI7IIbbKCWYfqbe5Ln5YIlyiZ14xsrhKuRVXmQY/Fi4sUDT3PxJCYJRI3zYzMtL2unzN2OMy7GdfLILOaLpt0Odt06btjkb5agZt0oWrdnufQGxX9ExmViMUgH7GaX84HlyLqZKKG5yluFWN1RyUF61tUgnPXCfkik2CNBUu5mGBpWzzFkjZKBpWuGMLUwu5SQGBV+dJz0R8wlB0wPbE/hwLtRg0lflbDAhXNZFt9dzzgy3H8rNKXxRTvN8Hnpjyd0QwFfsaK30aGBGbMYrgepV0n2tW+SYIDf4KEzeqsbT0Gjgnr3BAa+kgr9iS6UBwF+xG7g4E/oK6/0IMI1uVhpzmUKO5/RI9//4OYJJ6A8HOZQNRZjNbelzENku53tV0mwZPYOraKtlEQvWRKvUa+HKJntPMxJc9c8mNw3K+zJnoZNM1E2yWAlRLomQXcbWwrA6iNTUBVZN7x4+Q2vKNevMGrOYzr3XWIgX3hRB1O7nja3XUEASWeUOzZ6EpVVTMqJpF0y1wGTzfJk+SWfzdN5DSMeAYmzFD07SI9mJiCKU7TtivkDu6tMQZmfsMgzNGgW+VjtejyhaQ2WhGTDN7Ct2XLPsrE/Bwazz8b2Ux3ICcMjRqhuum4itXEGiZ6E1JAIjQyrrp0OUdAhfjdx1+AnnLcgBKmCFpvUFOTqrmRjOiZMi4eTlQFF0JMCzq7uR9wPzM0y1Qyy6o6Kz4QI5ZJDu5Jy0y02/DdfGf/NJocOJ0yb95a7Ml65bTbNemWVtLNEg9A2fjmmtaby/XNRn2zrvVmjb4pNbgVFZXeIgfOoWis2yJ9I63DqpljieY0QMkz7oj+jUTzNa6CUHBK5og8wAZbeOcUd3tlFyYaQnhreOGUzDvkeUndKUXUGrYyll05M5CX4rK9QrdzWCir8VZlTvFVUm4EK0pftKxeSF0u5pwoTafPdyl7i2Sv1XWR5ISYTb3RSuk0woZewWVkrvBHj3EqkVOBGp4rJaa+sfMNbSt3bkhx5QA0if5VmqBlIPrfgBrO+Ys1YjpIhWe1hdWMCKgB46oSlFWCYFz3u4VzbYgJOtQXO0DSfFAMQMeSHIkOqaUmtXzmzB2iM8EkzRZyGy0JmTwgx2DaCoG4H/sNiADwoihTPBf5e71p+cKb3lPyULfMfwTQF65jhGfIocNFGtJb6sMkC2oazVlUZMY/SZpEUsOBI6Mm4Z+aXq3ZmMMyUVl0OFT83yxkSoogFEub/1djh57+1Fnu55x4u4efovhlrDdXVmgjW+M0nNUq9imE8SZpoPrzgzSeUS6PZ9SObB0U9yPRyGx21xMKZ8TegNLRJ7iiTMApEVyD6V3aVjpTacM9RuGBn8hN1GyEY9WYvsvov5OLgrsK4bSz5jDEuIuJMGz2RnjnKVUb2vI5L5YEelKk4d5Iwxl5poZr65tZl2d3rOA7jGcL7pZ5dqx7HiDqs++LR/Mg/9X5XpDQYE563rNUk4lWLY/joVf8bqz2cyNVMu5QTaFTrJgnFw0VrDsNC5fiWqUDY3DexeIW+RKhgVLTvO/LdNKzH8FE8WjsTJri/InQRFlGrYtakD8+XQFK0/wxvsnVf7p4rR3a+H2XtQbzgEbCutKcbtNTs1rsxA50AgxtVuXyarW29MFE6Fj36XYNZpbExCWNWEaT1kts9XyFiS7ds4wjBvcstkDMm4vuOnPRvrvXKB4wTw8/hdo1DvATcX75Ajb6AsAwXOZdhqq75DJb2pmptqQHP5wsaEy9lnbU3mCuxgYjGpfuqhm0bzpnDjPG2SkGGomDeWDVGgmWyeqh7Qfyawyti4gONA8MPOEZH48P6qQNoYgeSMY0VlBciVgGuCRVrOPv1LFatKKPCXsolhsREegwJ0XUpFjcIqdzsnbYmrIMsWajMVA4yXUeoS9qAHG3cWggzzT1pmXyzK2Q/vFKa8RrlCkUF3GNUkS07KHqWkWtU8xokdKM62Hie5i4HoYDI0AEEbXJFAES17J73XQ5HTjoQwSy52OYCWCTI3DO+EYfEuGAJfj8p8kBS4ymLyPlawmajIwLGMt30wUJx7CB5yYJPjWHbAAWuN9AuV91DPNrxs6btWVAm91Agst1gDZKgOok+N1PsTrObSxFqG6WHlhQXdhEatrzT/9Eq7OsLpLq/Lw84bq9f+CsqimIRehmCmb8mfALrC7KMT3kJ+I7teH+HLMGPz81+eij4SuL90o6uoHV8pWl0eeQ/pOaj7HLt0qsq/6j3kXYXSMx9XDVvJkJa9SHdw+6OG9FQqauvGurHqvehXbFVDSmD6o9CH+PHcSRDnto0UMhYBzY7a6HJ/zAruVANmvgOypCfyP4Dg0QrNfhxS1+j96ZusIxGD6AF/nWwvKmDuvNHH2iwyfchihsb2rUjO+njbXgk70bHpamDC8Iia6JSn5ITM7FI2NMrpGzP/KD5LXrGJqksXpPvJpWJlNlt+uEmuJSavF7CYJzFzpYHP46qRNd8EqDRbHtxudma17WduUd6PUb9dwdFAfpr6cEw6rOsScDqKkASvIX3TQhMXM/Nii13HRHWihpZvNE/scCnJeF7ZKxkdJtVWluvqNK2luZOpX+Kod2EGc8VIZ3NtVFzAQRJbdbd4HB5VUFKUSvKhg056XwbYIIriq4TVhcQmrxi+CCy+TKrSgS6tST4S8BYfWiWKoXxbaS+Q14TvYOSMttGZOgaKfzKe/3UUe5N+X85OFmakiT8+6q+7gjljFU81wejk2M3/2xslcR144DMaJYUPA6Urcf/8laPyDKt210+8B1ugkUsOvAkKl8qWwiA0TEQlpAwwa/FSuMZmJkZftLq3DyoBnsOcUBoPEOLZ18+gTlTxKoa8meBDhqw5yxTUetthpIRtFZqw7lkdd5klcNA+s8yVvt1N+N2cw5fLZb6gxV8SZ7x8uYDsquiSYIaU1PmaYCPBNY1MNxNVJm2DDlCLKKvoXIj40gO27R8Mbrbyfy0Bd1CCPhZzggpxHFlrMr4WnDyZ7Bc9MsXvTgZE7CP+Is3w26g2nelWme221eP6Lb0o8oQ3o0NToreV2trz5NXlqFTdBzcQG1fHUsw+/xrBjPq+4SRyzbBrEysy8bpmsdLXsXVFCv0AVe72seDuHHYNaom6rl6qljGXfw2DDxJFA4mj9M6oKsLZXUcfUOUnRLbR+aFJZrVUWvL2G/p/vvy+tC/Arh2jAFTCRja9w+WtLKlqW7DFqQG0sHF9D7jHbuLpMDwiJXqKskUTlML/DNOIGX0/Kg3VZmzwx+ppbV7irEHjB1t8muxtVuAEWosudZ8HSfcaOARxRUYsue4dUaddFiVP34ckTVbtY1KHefAe5cYn7HVB2Ee+FkOKMxxGX4esbgd5cZ3KoA5VmqAqTZtSwfaetZPHajy1DqxqqPYFPVQZ2XaZU/W/UUGHqAiIZR5sxyweybx2i5a6Fvsfag3aMPGJQP2WAG2eBzCDTOk3UgNl2hBsurAucHGdjNaeko9886A9y1td0umgm2uGjAseKcKXUOqS/7AwnKPm3qsHUDCVDZzqNzRs9SU4bRR5ymTIj9SEpM/lwsNxiN24+OchYJrn6Ot4KLErr8hZAmsAPS5M5PvslgLZ9ok/HhLfh5sZ7U6kx0ZWMGMkMVIZiGV7Du1X2rs7LQWTkGzt3TDhcB7WCp+LkVP9tZksjIflW9W0SuqfwEka045h67XwZ/Ge/eduDdvSiX/1IlQxtqEdLGJsCb6MJe+MQRWJGUE7EKPeYSjz1WE8dVIy2CkLw4PE+xIWu3wUEJZZUxaHjW7DVTeE14RkqnD0sSIERoFe9FUiFbEQzcUZLuOaPUfM+QmnP8ZWf/agmxAmC4wXxuR3jP7yHLtMOA2rhZt8cRfNqhikRDCeFXQfBhyTn1fF1j8srMM5hJeppSeE2J47WyxnpDkJHHijgn5STbQg0H3ZeosGq5iq6EXJbLFKXLwuFxxmOb/YzyUPqgR3SP3SDfQ0TfMUT0aVfC5XL9wZVwDaFHuDyMEKrQEg5v+CLfCjnIQ7hcpPcI5fL+Fx1Qv4AwFx1rhJ1LzecR9i81h58YGTBPdE4JZLCjgFbDOfFJlRekLXHZZhIU0Fyg9PQtxMuwpVfCsVbSkf/IpCNY0EU04ydZ3hBRggGitIBhcpVl3yVvyVcoLzSNbkq42041QXEf5knq2JY5x7Z4jkaxOQT7ImkoC9MIUR7WHnToATQhXhL9GC3ZSd/2xT3SfrZ7Pwmr3kvjBnsHDfgfn/BadXHITcDSSKJZdLNgCcpM+EvuDyNrnfNP77A54gYUZWdD8+ZksyI0Ky2t3COTIAUA7BW6E71NA/oNJod7K2KQhNGvMPihD8LeRgq+TJ3N8pZR5TpcRW2D3pLt5T1hkCQk65QOWaeU5t3LcHg9yQtrAHQai20K2HGNKav6Im2a3zIUOEP+rZ6PxzR2G8GK2ItxMTDKpQ6R4UurZTMQi0G0u+uOFNWBOOZW7VNptCOs4QBruKJ9M5Wl3exr2OxruEZrIEz9LfBgqVvggd4Cx5DpEXJeJjwjTJa2t0vW4JizSBISBrIxI0qwlX+U5ANI5wO9yNS5B/oZA566DFo3uXX/WVsahNBdkswtt2+tre6KKjQu/4Bz9j9r3I5FkVC56hhctZwBziYCSO2ytytXJjj5i8pESsLRgxluqSPldOR7FPXCCZVeRXgQjgdcBIZoXZlBigjWekwn1rrBvNIJNVZ3FsynNX46lX42jbdlZNxSAcNpCIA2ALiV4raqDFn8ZxK3LTNOO8ZR1NStgbwkMbjmDGh3yCA5L9fvNtZ6aTBPfMqAd5+44XV3n2qaQ7CUBgHs3FViFn1o75yeEXEKESMMKw3LkBgReoywzcsTTCKrk8j6SYQaIVW2TomsARkCviCkOPavjI23WT25gV9YdzgJQkcEwXPBQxqwO0r2qrQMoCYhoJ53hdjk6txjFKKh3qVBX6UZauTPyTJ2GFAwwIrqbPGv9KGiiEwfMVXUBGqPghblpZS+jBD0NtWbEWZEUEJnYPB59EKdNrJlwlyenuy8DCLVtMxumrhpFC5k7zc21P6VwwOC5uwMNGUpixgZHEEY5xMDTz1xhfLDCLFA0+nE2OrLqI6K/xbBM0+ByUsvjXVSiHE34KFFMI6ZIadb6uipKC0UHwlFrEoC2SoFtqTqS6ykZNYT6BkvpCx5nxWSjRRdhFjDCTTKuEWrrpHXsiyVoNgU0N+MGNU3NktMfRKu0ViGycRYgfnE2Ljwvt6S5oucJU2SeJVIZ476WcmF7ocL6N+4p3+Fp38QR2NgOX1a7EpLzK5nTF7crquEnbc62CHxt77Sc1sfAkVXoX06ENo7Ugg66YX3CZdlgpfmF5Ph/ez30BqPo9Nt3A4ExiMK45jAVNBYB5ofGTCDduWDxT11EvoPQZDbxgK85mIMNQ92T4aNMnuRjkurVrBVHD02zI3eOtdE9nPBAJon3k7gN7+mvVM7oHOm3eQXGNN296TyS/pooahSbCKQ9A3uYRp/1d35F7q0fSyrAl6lFxFql7NfdAlyQZwm/eIdFcW1PNKN89vnySG5cOF7uKLT5RNDdO285fNKHGH+kvNT1OO0BpX9W3fis4oi8bbkEkiSD6SRr7cq4tYRitFhrqlq/AWF+uV+4NImaS/3oZrvoZK5LJfeEOvh1nIZgoiFOBdqX4J0SXmVCv2AbiKvnnq1vVQ4GQkyyOqpe16WMTFAtabCMlIMELReYHE+9hgQewyIhxgQ6bCTpB3zFkDK2I3+abMIIPhTTeE6hb1XkTD/yjxzryZ3HU99p6tUOwRTntL+iO2nZD31XUfXFvdJe+QBbB67RyDB5JT9nYSMusyBvz75FxC7tJ4fSpSX9j3+BWNeJu+DllULCm6cXJ4wNdwIBI6hsuVApclQZu/4Kjpoyuci2/GUHwBcMLKTyU9sLDEsfnI+Mb70yqUdTylKjsDZsfqZ0luseoe1sWWEK6zeBt113gLdlZx3XATgexDzS89xdxhYtAoQ3W7qXPkAWYnxU2BC4ojyeEhlpjG1cJU0UDa9mvuhlnUrrAk58vThkJ42yumkWx6bMWfeKlPzVhHMW1GZc6m60NJ5pbqaM5ZHY1dYcKTMOuGnEPdLjODOEOOK6o1dZZXzqxbrIhX7k+XYL04cYCxKHayRHayN8oFOvYGZp0VTcGdkI52Cc3qqbp0NqjpRGxcLdEt+gV2n10RVKaIKZsbzsdZFD2fVTX0I36ZH9LfoE44DE/G0SqU/gYjMcQRyjpJRg0+kZOBNKsrMI2E167g4bDDHi09EWIbQgkGnx5XKjKumhLP9KR6NIVACdxOR9IOZkRjAjOp50o/2MK3EPjSaFDRFuVCsYK1OUwA5VtfxAj2BjV5PYJ3TE+CuIRqe5gvn8tqoFy7E7RC4zdNxHHaDl9Tz7g6OfCNo/uAoSNrd0JdkhBZJAlp2wPgLwA4q93F5BeBTBbeQh+LhGFMdrW9fl2u1yarfxaI5CQsMzyv+jWviHLHhV4IByR5Md045ZW7uAMPsNzyOEVZCx90OEW2BR2o9UBTTQfmzA1Qqd2Zhz2IdVEKw41gzzL9KorCVsVbVhOSckJiJMqbo07MJoF4XkkTShE0VeC+sP0O3q8xGJ3qVLOiVoG0VknnOG1vRy6J9SRPe9gC0vh54qSwwAbZqvzKRf8xplrQZ/Xd8SBoaL2T0qRIUeHWgYmrA9a8tzkaIFYsyibZlpaw9fT8e/zBohH42VowiCJb4Jqpinaveka+yTopiUT5g/s9DCvr+XbaX4L43yf8PYxZ0iD35duK60kZotForCEl/tAm67kwVH6Uz8LCxdPxLFSjqETV/MkM3zePYZfrm/JU1GSqedhv9uOnBZ20GCVYuwXqhrSEVOiOngzOCIKtHuWu+kAKaHnqd0XloR3W7ihlI6uCYX4KEx2MS6UFHGeQC0ykDdn3jHmlTJmtg3ZVW+fOA22QT1S2pfIGLjrY4bbWc20DOQQAycVHa/Mtr5OuO+3ANz37kw045Uo4Wf44KHwqgRf3apOw3X9stBUWCx9IrelMNEKP3vgyNo1fp6xGjp+mbNDaOBvNtwftaZbe4BwRbPUdT6LcaEwfcpWBLD6jcAxC3VDEXgH+AIMWLBQbcUqAbbj0r4a69IUysROgCk/xy84k9lAus1tNkOdNqLdh43ohVSGIga2HmlX0L7045zHJ+rxYnxvAzPgDp37sz7ss0WO/PsTdiANFvtKW5d5ptWOfagKYJrAXMQmUuqsKhLbVVdMtJsiPI9jCwO6M3eCbqfHkEqT2mtmsdd7rrb331sC4yZqir9A6gxxXVkThOpWgq3Hol2ucMBB1vnufEFNVDYiKtVwfxAZ3DOy/5axFbwk385HugKp/TWenkByV+OoUOHrzteufK6igaLvPpF9oOXeo758AkOIJ0/wkkTSnI+joCXyEr7RbqRKt/aTl7gjdQRC7jfghZN1b6BVXZmFC7ImIVwPBKBEoz4g3ZiQBpY835SG4M494t6anUpk4w3HYPrh6OFRIKAkuAEEI12Rf2NAQivtc4AlpadnOiFpulcdtpZplsqU0T3wCK711vx2uDuLn8mr56rXO0uvhbgwSUS20fdfpS/Fukvo/jvpl/KOJzFl9PWBezwXMMYmtqMdBzHeJyxFd1BbAmdMhZJiCc6A49XMv2lRvP7rV9KIn8T3c0nwo05YLrtLkhOKaeQiKToIuxl+D+sktbhH+VYNKGTUeBExNepK2EI+FFUEKw3NzzXhJeTuNelDffwYoCW3t/i1vHghigGobkgjvwlDQ8Uxq+ZlFxB39nWJzzuH69Xw6u0DmCxHVVimAtLkE7ANHJTmW822+YGaw6nI0LILMALjdsRd5voeHhsOFOVmewjvv2Z9L+kwkbKAWiqVgwrYrTTPFrg2nzCZ0niu58XejcMJgbJtd523LMbVvOuPHk5653+c0h5iQXlTi9MAIUcMtp8duDGuEd3gbYSBCFUK0iNWq2OisNJmPTDxBcfqXCL3XZr7qDKCcN4JcpP8vl6HkJBeRD6kAfGxKo51GxMS4p4oWoIpCg+Wl9k6BnCDjosfc2vloK/cN7hoPOXrC9quN7BX6uATEcKkHa2O0zx512E6dj7yWQuVx8h/idRqsiCUUUjIGUZo+fzQOCi2JQKwloaQChW1kaBjdONNOvFAfKH+JSsFMuriDcMS7sW4zYNOny9vE65ve4KnNHsQXjY7fp+8ZiKvIjPSVG7nTyUfPKyViExWWK+ZXLt1dPAMbALJmMzim8le5I96SB+dMCtuzrnErFxVCQAxOItN6NAtji3Qa6b/nWgXpuOZC0jlEdVE8zcCcHR1tqV0yWldoiWCV3bVSAlmE9cy97dXiDxNGq08FtU7hjmuV4MUahb0qGqszyPaEd2RZKnZKNlXoJolarlRaoFDXUrvAurvNs01a07FVnZKRjCUPYjpZ/HXmOVNdKCpJm1LDaAZtZ8ggPXGzUiyvLQ7IqRnBT1UOwueojuL4KEVxTjeD7y6uVeLqsGkWwsSoQrK8yBOuqZciypjoPT6ur5QjKagWhVHXwrqjOx9OteTUmMyHnsWE5poeFVk8PY54XQh4OcXUP3FUKj1AUWVN5thyh5my5UuXToxSAlgUFoGVG6We5jJLO8jwVfS7HvEjhX6qUgKp5POYcl+B86qSDWwOgaTgs5X0qDpOqJe+LZbsS6T0vsr564ORHSWY9BkpPoHm6z4FBsIpjpadR7atXGQQ2ZmDOO5PraLWAG12Vw7BUGUbexcpad7GYdEsr6WaJU5zPN9e03lyubzbqm3WtN2v0TanBrY4zJYY/nKjKGaVVbOLAEG5JDw7De1oZ7mlZNpP3tJBE45MjThOrrwu87pl4ZyVxBj2rWGmtHq/i3lav7N8te4ReOfrCCQgEOzDSIQhbhWQH8IS9mpPrkD2qIIyTMnK91IUyyWQZsq839g1Lrnrua6mpXUmZ3oxSOmWCj2mbg6WzVFD6hCIbCCS10YaFMXuTCTsEAknxsN764if0z1YQJGVfdp8jk+alk0HxSkul0n5ptaspACRajyOSRVD5VyZkk9STv5GbJvAmExm0+L+8u+6jxZCh0fQvvuvJrE3JuJVdDg5wNQNJUcvtvExWpvmdfnuYyDNt9EQSqMK/nu4n7nS/jJXdVjtYqzQYozWsjDvBhKAAu62+LArPbnPLuUJGSfeG7zMG+3nL66FtpQG/gmL/UmAvA0uWhtfHJs2O2t0rq+CeyRZ/ixNrkWOHfuej+x59ZXKfbLSQTAqx8wuJJGdeUTtCp3bEozWIzIMc4Hy+yGknKYTFN5NjL6uDzUI8H5bloXhdjIZOnvjHI8HLMJOnhcgjq8WZrHzpThX8Rb06bKKtuJUt8hdsxOQaGJmr4gMCYri7sQqe3w0JHjrZhzkHRHnCNq1Ru1pc/TEqnIKYzw3ZOQo8dodTza5PUva4Ahm4ldvHvBRR7XHRy+TeryvhCtGQYpQKBw+61M1ynqZwrSQF0qgmEEveeeum3bFwGD8scVrNQCOgPBPxGXar+LzdXX87aIffnMA3sEVr9NtTCN328oRLO270jtgeN0Rzre8fDrXs2WiYdsa1gxArqlbuaatvbteG3KrBLZq4WYPLNVinQckAWKEathoebO0ddrveipeetUuMNjziJksN8N+skYW8Ty6q0A8oHITXi+ZoNl+EuS/Ri24QCfLmOQwXSh4LEauFiPW3keMwcxwb5JjuMMc1+Llec+zusOAZFrwLBaPWg1ZWWdvs77SdcbhaD3faXjtc4gkm+rugmnhGE+fU/iQT0YeojsGT8YJgV0UIc119PuCe90vInkY17OTiScKDXaTtjIQdMWQjQYmOuJcPunAfipjp4pRjX3eq6RYPJNT6AuT9JFNtreChLqJwGBoc66LBARt80uD3lGEvMNizvKYAQ7cqQzkOIxZIOwg30zw15ieP6CdNLj3B67fxetF+RGHQGuGfvx5JM4jCLIAEu5jpdgBRWh0We1SDAiv7YNzOdDluXAyvkHGD/GM2qjJWhUIk85yd0lL25VPNH8tloTLUSwEzOT/ez3XoQM4WytKr8lu58o9uaJaN+LnM4ZaUAh3P5ocf+bSz2V7HE023EfZqQrOso3K8xz4tYx1+1ituTffmKZ0iac3QVgKQr8dv1uBnLb6hKLnq6Hle1VUTHVWhdhmrZXqupCr4J2y1gmNhqzE9EaRXUZ53cl5y5KYlpHNQM38k75LkMZoIYfJce4BXkOgw/YRLP4j05VKsdcVaTT+OdKiaWle8Sz+D9ELKt65868pHqGL9213JdogJ+3d73EgduvzdRzwGpQ6p/p74ctQh1TGE/8yk04j2cCED10g+zbKsKwvhq5m037qyEO7vAePewzl/q8L5ZgXzZoXyNQrkyxXGGwXEBnfExxGsqS5AUFYXciGqJpS6rtJRuKU9CB7oNCC3qpwANkTlheUFihbHJXW8XMkHXjAZK1fwAYqY5fJyGR6WhOjBdne+ofMN0cx1eudb23AgaP5iCK3MAfDLQ5hmDsyfH87djhuMTzFJx0dH7ON+7h52kAT9kvHvYV/rD23p8KUqFDB3LcDOYins9NjYhK7y9w0rt1r56Td7wsHK303g9aZUWkzKFu7oy0ra0/i0xE+5+JmeIHcv19O86dY5ryeC25UA2yWJoCdneoGyTc7ueZtrFSfvgFDO9KeUCp+zlbP9YSt3a5ytnOmzldgRDK7LWG58oNdV/IA7VW01pbf4odEWohpXL6MXP5jIo8BmjyEBIv1uiXd/e4CK5jlmv8Hv7xp3MRNvClZ6wBT/wC7opwV+xlg2cZVzaMboF12HhK/6yCIkfKu7MKW5iIR6oZNI2HNIOMtc+9sU4W06sRGNFOK890k82DuAcpOI7jJ3M4dp0o+JZQig8ySmAgOeLz0QB1sDsb81EHsHA3HQDQRx54ipcm9C5KipZTya8eJ7Vtfxs+77TOyZSrR5RBoYF6+HOEfeVRGOeRA/0696aM0ojtZlWCQcAUAlHA3BK+RUlr0NzPKRYMDNjEy1DtGVm5EkL6HSQdk/MtV8UyDU/LX8QLp2s5ggakJYs5xwDA0+wjIV6jKlZ3GDmYzDvdY98FEe2OGnxNcjlNRROOcnyolRtzhI6NThTo2WfcrSKVf3TMIjo55JOI0o6DlCZRKOIpoIJiDcpeQI0UgwAeGb3k9MQPTECE0Ij+J6L+A4Mn9UR4UIjLhRlfgpFz8zIo0dyd0LebjL5R8haWJ8RuI7XHy3xHe7+KzEZ11874ib5aEi5PveqgipTaWV4t/0SPu1T7d5ogOuiDkp4rCLH5T4nIvvl/hBFz8s8eMufhRNd/HjEj/l4ickfsbFT6EbVuOn0Q2rtJyT7cSB9irKKfntT+uUVEi6iRTLRAKJ4WTa+1iTqQdFA2AowTNKDXNCTaKZRmckGpQRxASR86JWxpBGkJf100XmyobgTaNMC94+qqRMKcucoyyRLhKxAvyDBxzA6XdGR0IJyD5PQEiMEB5g0owCKZAmBf9Fo2+RKIYdVO6YFPQx5J7zhHvPOQj30Ra9ONyiF3N9t7zsXmp5uc+SKtt5pHovE/dpYpsvO8hQ+6TrnvYpcX36vCeKDiQ0JOCXoRmr2NUcf9zenGr15kSrN8f7OdCgxSCc/fCgGeV5i5fw3W2a/eVPsnnIYpZmi4y2+u3MeLvD8WyI+8ez4Zw4kWlvPC7/Ob8iLn+T0dMttPac0He1EdZNjmw4mU5nw8l0JhtOpunOcDLt6Awn04zEdyzgv44h3P0GNgTZzl/AqhWORfs+W7HfOsrRUd6ZU0bisy6+W+K7XXy/xI+7+EGJn3DxOYmfskpkHkH48rex79ZBDI0MHSTReBc/jE5Zx8KEmCIfJ1xCBwu0yMVPoUUufgItCrW2A6EnaftDB56u9NfFpyU+5+Jn5LOD7rNjCL+oYxW6PndpAFL7LPETLj4j8eOhCoPOhI5tQPiojq9mC453ZcZGGv8Tif+30CFdBPxUmhu5fnVpfkf7JfFZFz8h8d3IPiL9QnjvHPsVuX7ltDqp/ZL4nIuf6VLlWoGP8H3aMLzONgV/HiktOh45Jhvh9rew65Hrek4zCdp1iU+7+ExO64o6PrGfyTPu9WHcVXXxOYnPuvjBnKaDdFFBuEv7Ebtuoh8ufhz9cPGjEj+I7H1pJMLP6LoQu27m9ISgEJT4CRc/JfHjsaL1IwiPKjs36ENP+pY4CEp82sWnJX4mdnRL0pxJwBn3ei+4LBeflfisi++W+O5EIfkIwg/NsTa87giwEwdshKPSD4TvZpajyNIVUu6yHETYEQghfKtCKHHARJtTB0y02cX3o83IbqXNqSe/M+71cbTZxY+izS5+GG1O3UqE8GNam3t9Wl4fdvFTWCxc/ITED6aOFUL4oPbDvZ4FhXbx3aDQLj4j8ePus0cQ/tXrCaFBf+T1jsz1R+LTLr5X4mdSNx6S5hw9zGSuP/J6r4sfxhbFxeewRcncUoDwU9q3zPUHC6GLn5D4nIsfB3ON7MeDAXdx8YBNP5U+FpsuayJ/94t3Fl1T74tq42yzZ1NaZHG/0y62NBBbIMZteIYYzcMGPNOkdasnB/yYlg/urLEUf+PnqMfBFRjxIH+W6uRRTL+0Qt70SEshb72efXp1exRmS8g736569pVq2jsVexiAnMj/MDI92usxAxlpgKIZjFEttqZZCjm1VSN2xSswYGtx2I8VGEo/yqlvplirpoqbswL2NpgW+UBEZaQ6djvHZrvM1aYrn9EOdqi7l/n7lvV+2yJn7rpjkWnr1GkylXOR26si3UVWHeViKidGrHIdlKonw9sbWqUBZ5MjVuCH+8bu/B1FZ8GOokkcv/Eesvv7B0s6wrczqb0XfAtTHOt9k98kONg4oXHdxzZBWk77tYXGLgeiMLZR7w6tE/RDJ9HHuIH+eD8go4Qr7SgbB6UvQk2AfcKx0q15H4BPBPDMLp17XvCr+uHYhuDfCdqsbxmcLH55iFLErgRaGAFWPqBwuimYdAhGNA42bwiWaez/siGAJpveP3y5hRE8qAK+PAVW6xFh+0+xfcSGBt1AvA5Vfzx0+uN9Qx9f/5KwgMhNj1B8z1CNm0/i9tg0y2VixnnTq6Imr8J2FfrFlpEkodH7Tt5YyZvlTSxBmjehBEneLNMCRiSI8naloa+pNto44xuXl5G810DKg+tN3No2ajoQVzDNNmma9a0J2JpE3CcEJrAmzKlXqm1cfpXYIW36o+gFVGvyQo/jfhjr66sHCdOplnJ1/lrjTWvxWBDvOdeKt8CORECje6oRHuC8Fg2TpwibnGVR0JcnnaD8DCqbCdVVkC9tLoNSSqJmv2KnPtl88CMSLIPFAKxSQXEP3T6o0sn7Vtqe6j3MWG1Q2AR6U13FRXJbuU4nynCi6ghYsjK8skzvqHu05yB2uaoMZVGTW28T9CnmhiZzmRX/nOBOYFN1EVxejUhWziMG16jr9zr0JAg+NLCdo+QM7eAxTZ1PqKEcuqqoUR9OZMIyxQzJQZqS5lgwxW1aE7KYAHuHob2aMuJ9aRChvWzSftMk6l8SFpCNHsfeXYbwYBiIrXhJ4V1lZIFahrs5hofbruzHF+LEVhWxoMEJRzqmFrdpUe5dlavnzYyEhbXsZHugI3QdSsW19wbHCy+UQuVlFSOckQIllI9V90DsmuovzqihgTU4507Qf4Ed66EVVHvDoFgZQi22XVxINS8Q/L/+m08FUBwTdIcm3Sl5vEQe00vhsQTfumLVS83d4ixHdPJ0rOR3u/HgQY9jgqQq0DeCqo60P9Ik309i6gtdQ3TyoV/4DbSZslzjCvGwb9GgEQXysMRzdZKd88VI/exJVLJ/7Q5R2a3Ra6xuQEE4vEPP24d+Pm/V6H6J3uLz7B3mmR3m2e3yNKZ4J3gDBbuDQl7FDnKRWrOLh9rAMdQF1AELeJXcYX+o+K04Xaf6OTA9BKar5HB5W3IYqtAQOkOUYTQxp8DG4XLcQsgEKxOAqUDkoqwwVDFiBOXUZdoJvzgnkNMCkyDXreiex6hMMcH5lZcmjuK7dfjh2VU+X4qYzZcPqhcwg/4p248oNngIdV94FFGwvghVHrbfKMAILAogIh0aXYLd0GSIcmhQIQC41Cq8rALQ8ZbaA3Us3whoaLVVbwMkWJZvcQMT68DUqQ5NGXrOKKQ4iNxQXC73EiZPsNT5pSNW+cCvjSwPpECy/78JGClpvT5NkiIdxBWmeWSadHirAcFYRSNf2xY4yMnF6lYQGsuiWQi9rt2HAe8Im0iDG+xE8/7XzgUO5e7jyO9v2adKkHDQqA1DAAP4v9uoR6ZAk1WLAMlSW9tGJzuj55IgdtqEBxEu1xHUamkzJlH043ByAJrPvhztQhOdXkufEz1pf9rKfmB6QfZzZ31lu2RMTwIDJxpiYFUS+k2XTWfmD+Ow9rxiBV5oyueQcr7TiXf5SNCYRPDH8r0EI/R/iMPZftvfKEFRwkLbD2LvnpnjMSZH9whjB6dYe6DoRSsojw2z39/XBoJv8Qm0eIO2WNfpS8yavn/9lo/K6xfIa0BNJsWIrO0OV8LmvfItn9nA+Bwg/drr5oNUDHZUK3RJCKXKvrmwce7fOuBWH7uwXTtbhbXLEqZQXWZ3mlUgL0hcpevZeE4Fy4j43m9SaDZFAZEG9Ycg8iDbPT0Dl0Vv269vhVZoSKAo2nqFza3SYm+9Sj60/vZ3OdJYjxw1pCievBY6zNpyXfQK/GA3gj62CQZ4U08sVDrS9FlK1jr9ZxnsXo8eD8qF3x3Fd4V8F7UVAhblzNEBAwKyFurCsEVRRQOuqVtSuCT7P7fyOE0CnfHQTQo+wSg0loIPG4dBNAsmAUz3gWMWDwWN2rWFZ7k1iKpZuHVu08GXwmZxn4HoRyVKc8TcikA9YKNerV8vwXLdX3eFoa5FwEJdITm9NhOqEDgDEznnUgP6wZJqQF8ITUQ222p2A/4z9IeeTfFoAkmFXXTeyaPNNe5wbNYuOtmEmzwD9buTBudihsVN1pE0PdrWBLEecUaY7BYEmwG8NennHPD1LJ6brtZVGL4/vdDEGLeu16tJSzXzj+3Ks1UStU4lSmvxIRfRNZr/Ni8Vu9XJzywUsRidobVYRndTS4vRWYk6ifle68+w9lsVsNMIGcJdXIR3IPoPrHCvE6HvQ/hvTDrszl6PGH9oe8odnTw8OJyScmdcfM4Oz8MOW8r+A+q4qB7AUauX2E0833wuBRwMxvRebOioRARpB80LPLNOEKzl3Tf89ATt5f1lMiX9nkMNXOMyKK15xCVyHFaOK8O8C6QpuoeLSvnjRvzfIcaN+HXciFMMwRNP3Yh35+2+E6K8fBBcw+mA2I06G9TiR6YxbM9pqndJ0dLuE0PR0n7ExfKqiebNiO1SL6Q+06/YMU5bp+B4YlwPaBJei0x4C43QKmO9V4OJEOIsLRyiIiqh7X/KzVRFPsp/zhjPeLT3xjD62cHeOIzCOILBQdkP45+Vf6H8i+RfrPvjz0cmbu9+E5FBNa8DXcuLFc2Db/90wAul6RPx9abQoZO3oOXljU7eluXNnvtQWK/Im/t+i8XaCl7OmrPDp5G8OfQO5urnzYl3+vSefPMuadODs7IaUo4wIXnyvDkpqRLr5s3edzPWkaXiPYhBOvEgYxBQbN/DWCLlv9eXGkve32Z6JCVpLJTY/YiBZh/Yy5iRfO9DLHf3jttcvKoCU6hW6CqUgoVPuSrWFKElvDRI1l03bhuJ2Djjj53dbKHwKrVijFIrxii18orewB5D15F1Cn45cRbNL8PCjpvTZI83shm1KTmamHoZ5o7B3ImpoUGFWZnLUPng+iY5XUPw1fwPZvFBTz7IyGT99qI8XnSxN1RcKpxVC0pHa7H+OF7LWme2NKJ0ckfzrQDXy2idIUDNEWp+daqmGcS6mWNd8ZzhLoY3UwGY0jIkSqxgWbkMoLId6/2yGHrc0dAgLqsAMSm2p7WIaeaz6WXC1tRB8waRa0XGmpAXxB8IxeIIxE2NAX5YIAQZkBiyAWIeOB2khDliedUZ1GRYE3iXTj9wFUiBuKQt+/s+nDfZHNFeM35nFTGxClADTDM8EjoAnQyuBcOWDJu4O7xKmva+8Kqt8kKmcpNiDW7ln6BIEtKvilLHcVrbpjzaleIoQyGOXLZuzQ+CegP8UROhJRgI4FiIWIZRk3BnV9167OhWgaAtL8XHml8zu8SGV3dl1EnR5BKXXlarYnkqSMaAMcT24p4Ulzhxx2/Lgo8S/Shtf0TMTNsf5S83QmJBOO/EQl5F3s1njHt5RpFurbOLkWlQcjQuxxSKKOLGteyWES7Y9i6DX6ehFbUXrtFc5fxohAGSfiqmhaxXhzZVCV05sD5SYEJjSX2W3IdX5OOFJgRFHU2gbZKPt30QjNOMm6TLwBevQvcaPqYwYIFI5FIDV+o/RpJKg8XyBYxpxVBN7OOCTVGZSVPl3hJYchV4TzUP25vsvkyeUqwscivxAdwQu7vqDa4c5vK6ynkYE09OH3zr08t+aWCJHYbQeUNDZXVNcm0/QABDA2mTKB2zV3rrA2DvwXYF7hZms07WNRTcBMDEfDOmAE1f8FpLX8Dae5kwi/l03RNQSESef2nrA3fDvHiImz7IyBsfav0rB4+bKy0seVm8eH0c5M8WDhRXMOkOhU3hVAucNYRmk168/Cdzna6cV+afCL20V68rlSmvrtO4hwTRpWZEr9InVO82+BUGKi6OxWpkm1cYWyakZfB5Z77uIFgn8xgiXxlJtaNc+Kz+Lvw1/i68FMfL4xKs0lv+sbvlLyiKa1uIjfBeN2KRxNbopf2HKTbQS/vaqivonmRxSUt///0H1GQAN4yMqNAKv8dcd7WzbeNXaJZ2NtbOngzQWeR3lbsjj8tlvCBHeaYEaiigQIyGAsY1TazOrkKMRmdXq9BfDt0wAj+F8eOpnJ6QZG6B+Q1ro/lek6jRHvp7fjCmMe/eaMRuPcxZDPUC6ZZeobXn+gbGIPTKb1ZHeiU9nueqb0ImFjEhvV/vWRZnotq4G45N8ZJahHKRI807z4aYORaCRa0QRvnUjVckeSvjXKFkEkiPE+2/dwuP1751Wox35HNEgaE39JUFV764OQWBwkjxmgQMIec1DW5FGEyKFGngjISymI5p4B8PJa2+TJri3pR0su+NzEAXG2XmUiZejddiXsSiB66cVYNyaj4WNbON1anYbPTFOd8WtL54EOcgLA1wNmrXEg89lIRCPGcgeWCJPmQhE5AsR86YpXu3jpehmKvO4Ds/pB+H7GYYA2NyDqpCQPyKoyd0SZ4pe89b/R9ITe7oAoDZSFPh24j2hKKyo+aDJEIzNXRsJDQvxrqjN99AuiGRjXAvlN26om2tXzLCxbWAjRMWV+YiRKK6j/JTKQH2jhBkKhBNKkzAHgh3JNIUG4CARSX3nv3mBULQyt4aomqESK8JEER1d4IuZ0p1xVN21Q8PdqJ4kqvKdYzpxgwlkvy2DYtSzN2bPNMlorQam7fikrqrdks2StNpmokdLHliE+G0C8/rG4hYmm24SfEaDtc1sCveKXNJRj00uobuRnpjkX3JBSd0DaK7objdyRsgJOuypOLZzt0U5caWrW3m3vhp3W7qgVvzvffMBbrdtHpJhOZGC9FTCb11MGm/u+aPlvCJ80xr1X5phbiZSUi4sz0D11QsU3jKN6UAGr/w/iD5Ya8yCseCLSkNp0kz+1m5Q3cg5WSR/SN6ASEyE8a4coe0r6C8qazYtI/DAm90zAzcbN3GC53EMt4eZVP1hazvTCI1PgKbEGyAPPyxYQcHtHksp+ekKlG46RD/m8UQ0ITx9SBC3hpCpNYQCIjiLZF3/DKaK/7lWgpxsM448JgCsRv/MqMbmAyazx1OFqkYeKW2fpIy18uXamwrKnPscbjPQgMzzIQMzN8Idl+E6/U8Nfr8Mlso9TuhHqMo6t7/RxQH/llWp3CAKE1uAlielcSrJnCTXT7n0SKQl3Yi9WjyJgRYhxM/mOvRKJ6JllbLsTyjQ0l6YnqcZ0LreTxahtxp7E15ZkPnUbUBNJuPoEmJvHuXZCtmohx1+uGDgK8OGSNTSkazsggy7PhAKow2lbLamKYOVFgLmrQPoaHUhz3Yw2fMcvli1mW6z2Xa7TLtciXOmNC1tXgWmgOGW6qpvfY5W1OHbE0dF79ptaHHpHOWJyivwyYlaUvNFboHXc1zSD9MsnAvTC/wnKoO3UnHMVZ43MD+wlBzgkfmWuy0a+jdAsc/+yC+52Gwfn2QXz+IrzEKZexGv/kagjUwXpASVbTTt7XG9sWadFcr6fYmqgS4A3MXKPqyGh4fEbu16lGaTxazpl1RTUUA88Grbpsi1Oq+t6WtLklzlTlmCIqqi6AH5Rql3BaDHeoRBcu6DdokUX3e/eV55Cw+GA+OcdegJeh9bbW7YFZzopw8n9Tjd+nzb8d6uKEkK5UShnyHLPGDS80wwNHBdfAQNnGp4B2hhSNKwqzOz57qN6GsjgjspyRfPQqSr3zB6OB02AAsBgD1p6kot0fLQuWIbNp5boBq76xjBHfVg+bpIYJVPGQaRBO5Q+XMYXGXWGxKe20/whe3qzG0hErPX7IsuYrpxw2dwb4QuWFpQoItaDiRl+0W+LPlPJOU8sGcRgPReabRGYkG2rUpdq1nsBRl6JJsX8juYm0zxRTVh0xz+otC4f+jPMRO1lPoSfyy0IkjysKJNSIYWkQkq0f0ZK7sQ4aLzZJi5lHTQs3DRnAzHHAkphyhGUJ8Eui8Pi6NJAQlDt5d+gg8dvViazTE3IfcnIP5QRBjou0AFTs6K3UzqS2Za7UEU65f4lL+Mu5v3hMrmdVpXfwOZV5zbAomZtxEeQ2cvLBaqRO2Gi1X9rE3YtUwg6F71nI5JgyFZzh14UzqsEm1XOyMKSDVUgulQJlm7JR4jfTMIzZWoTK6UdAkhK003FxA11aoeKGLeQNUljf1WIRVN8SyPjZA5QhwijgC3QEuw6rACpAZPd1HtnbtKD5T/GXaCtRxbR9vsHOMiKiggsVROyzDtQ5MIvIDUyXYImnQ4lBHmEA4bVhXj0mxJHfb6IlLF9pcpctswKtDpXttEvtsrbnGHuIq1zJbrO8lWPNHixuR9JCplAsQAAKtEXq0hpLOTVyLgNW6mPBwEAcHiNKs/30uwy2Yv5QIY562DTLqevOViHsbpx5gC43q/GOUHczdBH99RHpcMdhInInmmRp9zvDOmsQxhiCyss/VDlEBgt/KLFpVfMPi/NDZnBNzLQIc6eu5QOQWLdtyf/7LutodZ2ehmcV5p6u+uFX87TldJblSkVjb5hNYlKLmkwiehFuN8GPkrNtdqobWiqGZm5r7waGFHbCbMG8DfkqYsDJV0V7nyvyvrrE/va0DPmg6okRD9xuNdbNIAf/rkCv9wkTLSglO0mpepsa2Y38IdgXS3i/f+xmsof8i7GojjShejulqinvcmf409X24Ky6aQLfSF05Uq2mRqSrVVohayIMJxKcgNgY7fk8tLxSupKrxCcweiozvaaUEpJRPdnMdQUYmF1KKg+GUEI4AS+XTEUTVT0nqPgt1GDJGz1BTEBBLPCh515bFA1VThmDTVkCk+Exa1xPKUD0LsVWIXVKuEEXGah2Cq6pn01DKGqE+5z7VaPIyl5WztgNQWoCyrpq+6EMaGyYRLGM8c8SmWc6smNcQrpGiqpxMrYJ03HCOCcq9DkSwB3laB0YPO0QE/SZhIVUPRJhGaiB7yDwRFjFGDzX0m4j22TpoJKlonyIamMVw2JNMDWoEAmUwdoB9u0SkkM5VzH06BF1C2iNh1aVZx91htQkK9lP1iH4EsjNSbgLJycoOSE6HjbJouiMZzR7BIS1HykatxW+yzj0tdRSsBpOQsCrKUcYrbMIbUpWD7ZHvwTbOWjTMSjXNF6CMoNg6kHbt5++BEBRZEdgSdd/8h2D/YLumuJeLjGItIaJbF+3tG6Nex4G670BdZlhHT6F6AfdJCXHELXCOmh4OejgKeyWkhzeL7u9xTzO2Zovp6s+WvWsBVbS3Cdz33wFU5OuqS3DYqkPBaN1VzQwQdwHjBml4lyuCDKTM8x63SYQTPkOb1qCFnfaQMvEgx8di5PaHGCPFKDc6ZUJpAvZQG3I0AflwuDwdqhXQHep0K6xGVHlJ2j/C9Ra4VXbZDC7GwZVLlkrDpQ+jsL6AEGHWnLRTAsbQypcj1obM1RGCaXUI6gR5ZChmUje2dkCJrGwiQsWGA1rWcZR1EHGLi0keMz4Fe4AOjxQzgDeEMNYDosQcUQKnYy2UsI/Z5ibgLGh2olzB+m4LlXcuQmWTu/bYhT1K2rS1026NHSBoR1pDmakiZaZUIgenpzGBuR/t16YTU3hukxA4w/up8unEZWIyWDLbN7Kq+wLQEF8E1ENbU69447kn3iP3POGJ9zr0K1ww8WJtgp3f4Aiwj3nrK8NG8TRwpKK+UBhEbQIYwGMmhZ88pCEyjmLpx36IhsbLJ1/VT1Rp6snk8X/txj7HmmiKHQcmUw76Gyn+nbYtDIs9hp32GEbsJJax52pYlwDzGOYsojlMq3s6t13/sOXRQ35LOkkrc2rDXPt9n9V+73YLDnuPA8ggtCYZLh8dhYQN6aQvEZMSo7pGJgiyuovN+IDSoBG4pY99UvF6xTkQry/AEmjWfAVB2jzEoLgn0aEcMLepms9LEARYEtLGFK8Lc7X1lmA11gK9J5+EoposH5CCDtaxjuskdm6H0EkR9M8hHBVwI7xQQOwI6QE81wJm936fe7/Xvd/j3s/S8Dx1gtjPYi1txVls5WLOR9DUNlg6SD0ko4K29zAh5NDMQzoH29LzWIXO6mToAmtU7sDp8Aga0HX4csROUfgA5Fh6MpBG6RCwNWwLBgIhcJFDqUvN+TqwGLFvB0p8cd1NALrdkbjpUJtLwgDaNmPqPo3iOu3U4s3Y73UaKRN5pHkRl3RLmarIX5OJGnxpdMOEkJKI6xesYVQJCb2V7vbV65JxRLDriGACAighoBxihedqIS2Si/Y47XXEe9gibNuwOA25CWChNFCp4cJmFTtDrmJkNMBgsCGep2BrLESTltgkc0d6UC2XEEum1lRNuCKWy1cnAxzsyfv+0oxSB6bPZRo+qeyV53NxXVX2OKuU3xkh37QKWzwrbewJKlSWk403PM5DIHNDJpvsyKTCUlKK30urixRYDwNPznOMw0VkHC4qnyTqDRIwb3keLIljNMrOtRMQ5HKdkWWlX6zC4tknrwgiQcJGAJdyrjPIV9wTUy4Xl/1c04qzGHXAUXpLZ2fhjRN1n32XxmN1c4yl2u0rRzBLRwhQqXCiXF78NDhLAWziOTFPPzpAW1C4XtlV/K4dj+EonEN9WWJ7kWt+VxlKFKpgrRPle0vq8XbIiIpYC6yJJxnZFMfULZ/Fm0NsfKVRdyiOS8a77ihuwrl5mCsasce2uEG7gH6/BKwS9socjNMg2st08iogJc0ty83s+90EHqgnn+/RFZjhjXk7FO+wI5gprFQ2HZ42cJp2ME1ZtJpP51xF0QoKfk3KwIZ39XBUs//mZ1W3ipYRZc+5tnk7ls+xYoVOtpOhSHx0Esp04J1qph+xG+wxl34MghwXPyHxgy7PcWHrZHDcCqDsb168NQzcwjI+WFhqjkOiq0s0XF26SkZ7xVtsDdXdFnKAS1XkoLzKIUd3CeRAf/PhKjguiwPFf24h1AYkgxbRMn6ZCMj7kBpqRraoI/nwkznBsy7hIZIKlAwNiwy67HtaIz5r3Wr1LmUPZzniuqSyddWINr1yTa+WOzlZB3V4SPQUEudh6htH+s93kOiV5wkk/NrbFXz8Za1VUOmDGM1lZW+w3r5ywXrrzNX2ll5ve0ustz1db4FCI8Qlu9TSS+lVcaNvbKd5OTBNlusHmn89xOPWt0mby0JpPM1OOMa3zfJAU+s18xlrZfLecI7dVcGBpNuo4rqJquv2vaQGo1WidOAqNKu0PzkODO1wHFh/PgfWB3eqSOT3QWawonjtsNbfj7rzHxkLjD2P/4VR3NVYcp5OsSpp9R9994d67T+u+DiVMipCiOJEhm+FcLNPkgAO1eLeRYhZuaTpMKssPpgqxjbBNf2ot8q9D3ui/BUWXxWhoe1diMQIDn4ukBjsxo/nrv8ktis5fr8FS6syBNVlsgiMN98SRK0u0LJ7Y9qPGmcCg8FM2BlP0FUpu7ZTMrWl5v0ptKbOY+lYQN4+v3RcefSlr5DS+Ul/heQW0jTMG0vez322lVfU2teNCGwkZJ+WKZ5AaFR8yCngKIEFwIoLlVRjDVLirXhOpHP4vs9q2KYXezV+0tGOlc0//k6LbvjW5dK6P2i3rnDgJ/qvUu5uHDRGJ5EOVyJd/DKVYnUigNaqwhQuA0AarZsEMO6wl+OuwIlU8tlX9kfL3KGIjUexNYKsa5Nujawjos1BzPGk+Du5uCcCGoHN04TfeKC+9IXycOlN3AX9EJM/LC6uOxMA1Ij0cQe+AnkoJS1rUgnKTUol/l5++NnDeIqlZHwXNR3JQwKiACmtQCKpxh00+udonhbC5vWlRQ2a1SzZrP5jNys6d909YuyYPEtQyKuViKzGzxrQZfeRZs7dsDkJqJtV0LavJzdrL4JqEyz1KlXhZJCDE5lzbjnkSfCW4rRRsk5NQYsi5sLq0jKDDBhPh6GEsok6dOreFA/lpS4Bom5RbkNkr6kvVQvRd9cYs61a2iySN23fjCdaoZ6UzyWleLV1dqT51TSP9jdBv26TqME8UP3sZFC9YLJbXSrhzyjLHkzJhz+D+vGxRT/EXJ9+f3v1M8DIO5DIe1Q/I3l/tnyBNvtowL7cQivcrgDEb65egGBz9bM5VcLwFf7hKykNfJm8vkbKzmBk8VLH6K1jL3w5TcnS1+Fn47DSgqklfta06hzXBsu8u1Sg0st1mMc474bD3HRlov5te6J2B8LGhOLmTXBYxJGrRfqWOl5gokw0u3K7D0Lx58nMSRbhpzWxgtxDv12OQ6sJ5sYa1sFDp3nB8JP17pPnwqOPmWp2fAYcpvv6PBhXgnlr9zUeLir4eMpgd5uo0eqSHzxspOhLin+OyBh3uA0yGp6gtmbxd8bVdpGrfcQ3VFuI/swFbB37+zzsWaV8Zd4GzTof+qgoCE2SB9v8ZSBeXbEv4ZEhOSQlwqz9IdN8jYWSCvM1omdt5Zh12XdlA07ayXw6So5500Z5bdjWzooPG1YDW3sXNxkF2TDXpY5w3K6COyE5UFImu+6DPG66eisySLrd4qroN3aKtUgGIxnwXvQIzW9bhjLXhbRcvKWWam/k8nqYxjuVICTSEpR/2OD9df0YrRM5U66NgKJu1e2lzgj9YdelOQ3Jwkz+sxBx2B/a77bWD/Kl7HZpZZqddhzN/Ua7IrVo7R23rUvAbidbqE5MpofQhX6CkyEDGBzifbZyDFC1Cnw01mesMImuMBcPVpiLW7qw8iBeSf4o0IR/NTcKCHs4vOij0FUCwKeIwrGLfhMHQqY4mEq3AQX4TIP8q9kEjEQ/+EjBi9FwbgFWWoeVT2rLTaBHpaXG/jjAz1DgArKqh0PF2V7pytFS1fWY5iLmaV19PwMy3JEe+B3ruGmQFKN2G4FMnWGiq6kSbsi/Q2Fip7J4arZjwkbSwrx6vmufShUvLf41cg7rOwUOOb2Heuua8YjB8Dgugt9cIm3VoxodTc2qw5e4lWYgu/5oineJhNCeU0QRscdGbMBw3Qut+lu0eeOVsmfBcpFQa91nvXJ+TrWx8fx+V0hm863P6rVo3InBIaU4+/+3TwXFrliYjwwYl8nf2X8dJAVYhpuH/TNk4w1dGJTaA5oafRKx4YdK+jxcHzRVRzeYlIViFwgNKseOtlWzg5wiHOCfbKCMkJ7yeU0gwRD5yq7aCtFpx+nW43RjyJk24XYTvXJCUEmnHa8DroRvKQw/pjSlVtLxrz/6aKCeeS64bquOxX4j4XOk4uXwAfLTjZFI+Vx5Pg/bGtFulIgylAd8vYMjmgL99kI6K7p48P5jW9VceK20f+D7x2J+YdCwpbuoeQ1wLZRu6sG/Rz0iwvCxH2IIv4ghHBUBgl/zErDZrTUvr21b6fyyDS3Z4sLzFq6MlNBfUI6rGKO0usNLcDxBAfWKq3FcKpQ2IE8KBspLVbWM+dsqzmPnnepiiqnhVeY9SMjwTpe6zGntB+UlIrDs29y3zRTfSsplzPmNRCtAE2GUujiRgIljGjN8PfHLefksGrvJlBSI3UlLsYgM1waVCvW4AcUMxbR7isz0pw5OaMPWcSxmek+6/9WQ907aSxq+ewZyQw77V0l5+c19gFbua2FVow2yJXaxMh5f2uM31ZQg+94l7Z6BWVFC0Kst/D+xL8KCD06peC7ijtZsI2JOHMfLxNW6KGlDExajJTXSClhQeii4aqsE5bVbr8RVOkHN6sY70E82uvnm78oobRQKkSHFIXtzn1qFDF2mWd8biNNSHGGCwQBWc2O/WLYArqH5xD0LJQvKHAxke59K3VgmTra+3/EWkDd6c7X91LViGk29VJqaPGHUyZ5wzhSor6O8GSiM6HeE0voCmvcDn9cUKx6vENsUGCUJRAxCPcK1QQE3blaiPTsA/CfQm6fRSkAT5IKCCbZBRWklKN4dDqRWXL4II38WqbPe+0gvuwI3sCkQK+OCWl8iA7Qf8froVrYq0iAJH/7gpwNoY9nmFGL+kBe+VyBmE4ooP8WFnA1yeIC0bFkYCDBa+ged2pdIuQty4ho0ipTPJT+/10qodxapVE9igRPcLVPEURAr4lBo+pXfaOObl6X+6YdUcpovFib5qddpvrtAnqVsZ284aMnCM2cUPm91WdY8iELsYgmv5XB3ONzkzN0Jx4L7MPsx7BTeSUTZVztA5/n5+NnTcTixqYVYUL5oH9J6RGMnWXvu5b7/JjiVw9BZTqHXuZV9Dr2RCrOPckVpK/uwRRFumYwGg2NcoeW/F+a/vODOf895xYR+Tsv62Ruc+cFV+FIdpx7fCQiq49Sh82iAUA0EfMPdKF/XulA+1tKu75UU44bqiw5Tkhqr8cAXcp2gnTjS1nQE462bWpYfrKozvevC92PFhPNqD87/5QR+qkqebgqEWBWQnqubZP2s+Ys/HBwYBHqvhsFaPShAVC40SddQcPGGSEL67f9ebLqDS/OhqmrNV9dKBpLGZL66VuAUstQOSqjuSUNn+cVm7TNQqk91tRxe3c7CJYWb2GDU6kYOqJI0erG8jtCOfNCOXCWeJrVhrv/FEYME+4WWg+gQM+VFEqRwNk2/ezeVoZrlwViHGOt/Brgk9iLvaPEmOFrs53yNUhRn1Fejos3e6aG/XeTsSDaeBQgs+oDMFzEUPXnq5cjXOoKFoBN+IPc73Qor8sZeornqaJivdfzDBmxWh4HX0+Nn8xm4U1WLSnQaKK0K6TV1vgNBRK7hsKBfuMCNddHiMms0hFQ/1jZGqDuinUB9o82MBo1rLhk2T6jWr3m/q+qF1XscjYqX64W2ZuAhckIl3qVEMpQXtODxdpows46Fw2BgEczndSQetgQ+6nrsbJWy46qvCKB/FkDHEJh5X8uDs5bwi+pqq3C3LNHeXutsNmprN5JwRVOQ3gfkfRQ9MndmmOl9twdhp68M0EleGpPGX0eDb+CFAtX1jtx9BUyCmiQpYONKy5QhffprU/Mydz9AjgI/1FosqLC44PUq/JSlQcxIbMHrNfhZWxrEjMTkNRR8YWhB7I+gaddN5G81CpB17sowEKyQINQb7DEJKQgek8aZBD+oJWNjeCm1xyBBSo0fkhEodqd61Xh1y7E1ntcqBGN6z9JrhPwsxtXPR/RLIOU6DlUwJNwKX/wgFsHmhF7wJnDqQG2OGp4ZNHiNEVCX5051VNLyIxgq7SzdNaMs4NqbUx0wYiErmFfbsBn0PW6dyUU1kCEzwin7/hpcooOBATDwqnjQ0F6M6hrr1V9QbFSFRxzIz28+DhrY1L5h09UuozyzbU2A8bOEThnmf2ec5Zpg6bEzOmzke24j1dLxlAFTxX+9kPZ/6o0fiWhzoirFV5zguNsGPY0YXaZB7EexcazpJlhO1SA8MHgb6eWpCKWWeuk8nSr+GPkSSJX0zNApQBvpgfr8BOgUJRI1WRLqrbeWYjbQQW/ZbvJTl0s879DCmk+g1IhBj9oyHA8udFbn6LuB5byRuqSHPXWhR/BJEAqNRCBy69qoj71dGBfDG07jqmN9mQbr1TrdWn1aTb1rTI+NjBUSW+d9861BDDMnaN6pVslK1cTWm57ftyZybfRe78eocTAmihSRU/n0DnPVIgyILW/dFG+SFNwNiktcoUN8I0YbF/PcyIScpLLWAEV0LiKmc9GNDT7xJj10iKSBrJAuq7H3cOjctimrEye5wdWiWnwLl69x0DtAOqBuAn3Xu6VrNX7WkDdlch0tLICepwG8sLFtR7o03DzPl+4//Xbbl643t8M1YD25nlABfutCM1GAzlcyzg1iFLbZamdXGUPx149wzLNuinqrvAvzsSFRE7f0+YCD3Gn1Du9+s8UPLfC3yfyAjvsBLSShkNe4sYiG61jyqpaDbtWFaQE9qa1k49OcgCBmp8EUg1VRtXcmedTAUTOLzQ+tHgE1+mVcRRBBF2VOz5zuRc1ZTATYAo1+iJLV2yZQCtcV6Xg8hl4A4wMHnE5JqrQozRlbDvjtDGZNBO/+uMQQSv8BjdtM2DLGQu1kXiYGUtF1Z6J+xCPaQxM4uluM/3RESiuav0RwoTAD70kbAJtDlVfG0xCd1LFO/M8NJ34ukM/1AmxOn5qQEZHlQM05YGVgyCmReAKMynVK5/RCLUFO2llyC9PsgmW7XGdw68DnOei6DC+O7wRkoB5s17jStjESPAIolxMmujfEhxulBoc4KpNvDmFMs+K3U9RLdL3KmCHcCJ+hIquMgFy4A4nAVSx565mVGMyKh0cZ5PeFhD+9FystjEj90LxiMBgxQMJ7VmXrmtU4YY2LgUpqdd0T1q59bRX9u0y/3Ygn3PmMQCiZYR2SlF4GpIictbxlix2UXqFKMHkly0AUl+jlRLVzGmulqU7RzF/1vE1J8IuVnN/q6e8tas9OFTaceT53U/Mm/NysF6iuoWGXSK/AIgC3LTAlPQcjqHcYI3fBLkCOkiDGDaNxnfhoOVq4GGu/9QUJZDUWrIVld37o4eruEwFfb/LcWIrRgum2UmpvX7nZnsDGAznDIStZXID9Io3S6Gax+KNIfpWReqEvNBsWms3ndGWPjflwjmIzV2zGYrN5xRaOqHE9hn8nEu3mtYclMMX33dYqqxn0mj/U16/zr0O3VpPu6TrYtvylKFIq+qzioA5aXrwjBcaBgwoXO2dXVEJ3dGKoXSzinl7Hs4qARDNgodqUKVPclMBAguYNLkok9LSPYE1lCWDa4SHeyni7O3ORKqQQx4HqjQTXEy8xQWgDFze3EVslMVSzXjGTTEDdcYi5Hhc4S0Y31h0El8EgtdpuiYiuwCCJ0VwJ96FquLZHV0cldVtJkNG2KTUrkehKj+GUr4eWvRtjF13zWozCRJNM8XeXglkwU4fsj0M/ZGphyxN1aUIZ8x4+p6vzKJ2Kogxo1BV4i3vuK1C6squwrDU+ZFdXTOn+Yu0U+dViq24s1g43FjEYJc8exXqDOeZCgmA9ICUxmtFHdaTmrG41VjO3leEyfjliWMbDjY2sgCqk0PbL70apna32d6nxJDPpKsf2NgZcGLY9VZKjI1gWY2exQGJqsYDCMSMwRjtSjJheBwck2DRPF8ocdpRE78pVAOYFuIda66TNheiGKsIgK/Zro+tkCVL02S/wql+iQ7mYzd4duwXC2y+IuTJ462Uq3LdOCSgOjTGW883qpWFn/mIHomRAaP6C9xGV9BpSIO8wfxqUx+oWSHlKT3mMV+fj56A+7VkeavoCkqt7wOb1oDA1SW77G5u3brn3wFbR4sNC6wvcX3AlK42uZFkjcJ7QlSzVlSyet5LFWOqM7gKIVsywylvj44bMr0vXqKWG2iqUwmK74QV0nVzUZ1PEznQLlqDRkVIu462G8G71TVr2Zu3D9QoToQkbyRGuq6wzCZPwjJxvXW0njK+OK1/pFv4jRHjDupX6ba5MjuGY0lK0enYa4EcbKK6zw9XxJr86Xr+BcJ+/8E0bpKrYx1y5yNyRHzFdHMk5/i/GtAlVGRU7uRbSwfgvsohXDyiTvPcWM2VE51ku4kIfQ9cLmPJkMlmOkr1aN2Fc1LyEAIqNKgmoIwQClcG2CtdvwV2z81FLQdNijgYDcWUAcSUvZoZhGBgbMYM0RC6nU3LKDSkC7hR7jAH/MidTEEkitJC5yPLYYvC1vIkgViAFMS2Z2qtVmuHu7SirxsWJhgCt+xhS5IH2+0Bd163D+40Nt1lnTi4Cqw4YvhA/N20pg81ySieqYqJlFlzIDc8DKe0Xh4hkMDovTNO/x8+/24KWoHcUG/z8RB3zg32ps9SEr/gEG2wMijp7IUJwDRKM11rvL9ZmAiXexEbIdnxLTmsxJe0J5m831rQtT/ENqt0CgUVz8f9em18vDXXkItpfErtvkRqfkIInpUyqwbFViNOIk+TBO6QHEtfWsKl3Y2Ok1uAgwnrhVimECKfZCvmuZchpi6yyjRx9yetH/+iDs095YR1OVBaT4bA8TQNNJ+pgcva1ya9Q9h1vxVs8T1cY2n1lcH9tmn9+9HwYBr7v0Yun7pBw95kNeDz9IXn89WbZS2SCitf7/4v4y9dFGEeEoYTSne50HYldPZikcmZco+F9llA9vPdEO8+6OSJPCEO3u4XLodemtqsocSJwIjRWYzBwvUn7Qp5m9O7nAYGxAac83goaFx9InQlDJtQ9MQL4glfVvXvK3kv5FtWqx+pipZpftrReh2Cd9PyZ0ORQhzqhTi+oz6QTKjFfXRrEY7m9VJxlys34eVHFyQVrNhh0MwHWBpx/jHisikyWOZtA88H6IZYAy0Jo/xDrgHXf8XEjz9cyxtdjsNQ1j9JBiVwmU/dmxIS/ozsgrMbNe3lkQLEE/cJry6+H2UQL5cUeaOFmXZKuoGm2PXItXxoqw5M3hi2uzHAlxt1ESgWNXi5PmmeIfX+L1ZgJwoX4zPR3w/cyLharPZWxFBPkqXMj5KlVFLpbjFFleomWHe0TtKn7MPxS9u+vY5lIOC/AkRmqgd7OHbQq0xim4zAraoKfL2kwTWjHz/+6JLuaEtY7QDvD6qh9XMwvrEBh4fyvBNG7t1ECI/YUWYR2Y1A4HrNhP+JBP6Il+5GwHyS586vOWDViPfQD/HokUkz2w7dIK273g6bn7LySApRk5n9CQsyeQMDmvueMS4V/EKLTKzOoqQk+g1p0BZATW2R6qOf2jh4B6lnGSEA6+mG6DLoy/7oxiQq0dENWWl1JYJ3DH12tcuIlin2anX+k1r9C2gSmgaYtaKzhXg2A1bsDIbdRlaVYSa3qyCrSzIl4ukxUIE4XIFhXb5zw6dhKLHxJvfzAnf8oP4CMW/gQNQMTeLJWqygplTtVocrRLpP1X8v2pwE4VGHZRtfnQGtn75mOA5gJAVF+OlLonA68nXe60lhoqJq2rsnY4gJEwGM5WeKjXoyYjGeEPAbfw6ynJltFpAKkKVDxj55aSj3uUV6Izj2wER+EPOZyBxs9crz46eGMxpAj4HUJpqFMBFhBo2snVOimhrhYBBkEvfeu5yzS3UrN7SAHAjQDONJH9TnLwc916IDN6TfU3qq+2G7W4BoN1muwurTO5hYJXRnS0rxjiRw5pE15bXDcqG+IF2tCBq74FnxGA2BKJMmwsqQrWBL6SRuzSnsDigyU8EaOsV6HdLDc/LpUqoqpji9UplpCcIQ57A5ogMUJitDkwJ116CnH8CBu3gGcgiqiuTuCMh9CLyT04uvwcy2gZ+ZDM1engsAvqig0TkRXfCTNPxKbfHjU1tjK7XuEnW2skC13ioYP7sCPGP59CWSSUrR8rvvKHoI1MNZLgQQHGXl9Jhr6dtdr5QngAh2GW2wZRdwDsXdO4UNQ6S6Ckil9Nfg3gpTxapTqpl3SNaP2Owz4zFQNnOQhCetwccGqE6Dz3AzTQGHm7nwiv3G3Z3PygKJbuCwK5prgeiEhBriMk2h2Pi9+aMtUZ4BCQxIa6xYMKPmMFtfrZSlftS5omj3DfXv7EtznJYASBVfYcxmaQF6h8HZumVCLPqBouTG5QgDIgEVIAFVGXvItP0QAjiJVw9nZyHVW3qiYYS01pwYrVqfsFdef6zQ0VjPuAWwjy6FPuNRAZhhItj8cNBsMkSLOtRM1xHAw2omOlCEH13IYIzZRxePaRJByd8wzbIfKrTN/DPsPiTl/W5unPmxo5ZKCbAQllJLG3N3dvIxIBnEXO/aKpxFdH+D+dcRNrTfLGTbbwPdidWpdC48oZkbQq2meANUaNQ+aqXlQCgNZzrgaFI1ouHgNTZKZKgWGwlpyjIZ0hg3BWXl61aBJsTZp1SI7oTtZe1ll6gyt7LANzok4GiLtdf5CNSODVVAWdrlC3xke2OmOg/YbFRiuio3QcuW5HUcqJLOeoqlcvwNXUfuyHOhZLAsr0TFFnhxWhVaUqaRUYy4rWAMWuZJ9q0LCoBppIp4fhTCZBZWMKqaawkqe0dMCLBv+thBq7+jIqAc/OkFtDz6t54hvE1oy6po9RpFYmdUF5VvXRdt4oVAKjXlwnIJArJiqz8OycX7Zu1osJjmFoGQgFbsAvuD0qwj9wPqLdMhPluHftcSWcvy6CSpYXIB7FyPl+VdvLdOyuAGqwFJ8IIX3A192UV4IoS5u9iun4UpOShSVoKjcDQsI0Pyr/taStwtk5mKMUIIuLoSWxa67IzzK8rIrv/0yl1/d8pV2NOfYVpYjXSVuJDSv27mXcXWhUNtuaUTTsecuxN9CDxolFqsQgWozKHMCJW4sR6rI/T9Ri5vPF9ywFRnvw8lRt7TF30bCkeZO74Bcm2c48/utSVunSfKa166JCslVMG2q30Vap2meonTd4IDRblOW+Cps/cEM8aZgIl/YqUGarbqYhpIWTuXoJfz5jEogHkZlkYEj5b4EUsrVstEkVwn6xPPnErbjpFry4cBiMKSSYOrI9VcKjlpgcD4zocmOFRrUPmKXfRaJf914UDml99cCUqOlEUj1dQ3VaO59FGT5xcpj/0GqNr9PWd0LXyOPRuyk5//OGCr/TFv8brdQDfayKyRSPhkW76P8Q8Vm6iC4oMccRjP40WFMqrg9v9TpNhYfQ61IWlQD2nCztmFzu77F3mAOt7zBPKLeYLYu8Abz9Y99OlgTBM8LJuBFVx6eboMNzh2w8wqT0x1CTq8wLZcwD6YtlzDKVy3pEsZr3hRap/zB9yetn23dJDHtAWe08bbp3XpFEp8hRhLPifdw6LV1ni4PSCV4HoG4Qr+mQJl+OUK8OR1K3OmK8EKWg7d8DTiWAX0pcUtBsY1y7uTmZYXiyGQDdZKj6A2XRPRGVb34wfsgUOxAf0cL+F08x/rMy8khk5+FqzoWmB4W3w4pfqEd1kA1D8b03MTrHzUfRTEhoRq43aZpSsxIo7yNZVNLYBo+CvFRt/hXwz5UBnKFTL5VDSLnuad4tsSUUIX501ETUgH833etFjRpTDxkk4tPpnn+UGY6etbjdUVJ/COIQWWaEjPi5iFdbpWGCPl3E+9dzuNB+6jOKz6CTfy4dvXfIt2TxlgIwfhaBKXasFY9x++bJq4yNha63kysI2aT+n0fBGKRZPs0s+FrRpuIr1rtYH0837W5j6teI9di6sBMcgEP0VKo9iAGvoyv1/CJrMGTqagy+UEp+nSKc/NQzq+cp+BthJduwnEBiFvryN2F4CN1hAkTAcR/4maZ6RuFteupaKeBRxFELtfDoRCrTMxMasRfVYHcV7IsM2W1jE5eW5XKGFyi/AH8pLAqTC+9hEq4Y+lQwHcV8CnhC/grX686LCVvWv4zP3KmTttDG+W+bOSAwQjcvtOSWFGltaA+SWBVZcRLW6o2mmrnhGfp2QVHP/MPdZz5glavDDhxSunZmZgSstaKkCxcESTlmbIfwP0TeRdcLU4A3QGvU45yQvZGVDrN/OIxGo9dAVcnzO9EWggpXGR4srGJ7jSbZ8lKly9ZG/eroBnSLRSAAw8v4opgwsJKkMI4uZttOe+faq3/bMS4zzxQxXnziVBmL/eCfpZMEG1w4l124TcihsMImSyQRPWDBYAP9UC3NDIH1THEmIpsCgk6EDpxNjlD7aEee7rxO8cRT+gOH99v2kpZNG2vi8IlZsy12ziBSdFqvaqLr1K9fiPLljo1w5EyEtAySmd7WL3YrObAdqr9Z+7mxuPkPnrPMLcua6pcZFsCt0Xq76CLZOQNV8tNwfnSkzbfEi1EQaTINcDIISKefyjXonSSXjRQQT+f3aOC4DsFBKqF/lfhhegG52VU/Ifc7e2cXQfd4pG6+FHJVHOAXfkt5wVxxirgnSzLw5ouD9GPK4vfSHjaNVzx+Q7jx6Wa6siadFqTVlMFWZIQrse0QWQdTg132JLkSE/8d8oT7RTQ32IzWjyQDDwnCjnDz+XFH6aUVoVn0DNx5HIaYa4OA5tPvFV9CKrPw6MII+de8KN8ddgl7UP4YSbtRTR1Xgv3Db0WhuocUZ0J3zr0rvgeJkA81lF/im9jwho0hyjT7GYCGRayDdNWQXfFpuBPTOm0hrPivsQv5dOWEpYyhHtnLO2DTbl1Hi0/ltnYHbwYcuxeHZsaldSf1nsmuNvAG7aCBG8WppzeIJsECqLJhVRiaKe9nW1Q8cL6oeYBRA0wkJAj2Ain7IRMk8J3aFLJkKGvL2YAysfVkaoVVDrdDR/Q2IgPljurWhqsvni1waPqdjHS4+7PAu4SJqKCqfrGULFBLMJ7OqH2p5swrMCboCso/yidhsRa2FxHyjqwOU40jAVv4K2Z0fskWmh0l0SlNm9NfT3IWy5giG6qhBLeT3s5IUUpQBewDW9Mat2PcS8E+NleAtL9oJniOAwyzmirUT+7MWdqduwQrvuexg0nq2PEQbHNSSRh2N4iSVi3bUvHRVC/YvJlvRiVHWa5LL85hQ8T/+Fh0/qORRfvCueX2HcRFkgWOVbnCdRb5Ve1Gi/489fzJtb0myQoS4ubWBFvYg2s96swbTntbscgmjMSSozGp3dpfEz9PBNEIuv8c1BeNl3VQbRu2UKiblumAwWO96FfuFCzHZU6RRCgpL0Mdvq6OMipEhmlnDrorALeyHFZBNe8cV+qCRqDDsKq6R1Vxq7pKB3FKIUeapfh9J5QajvRigh5WB1FbsdO2gZcaKf5b0jLJI3iA8yN/SgjazNBxDm0QLHz9ZEuNVrB/HytDIFXXAq84hL8UPGkPf8ZMy5BotqkRlddkJ6cQl38lACBWhLP9xljWvy619Mr3hJb5a3IQnJR1xfvkTVGV+1gI2JYyQNkkAZg2WHNIdFucK8oeO6G4AKNXbYhKAc8fesKzr4ENeuXJ/VL9BN8cDGbDNf/0Fo9wt+fu/ZSSyZiy96fKNd7c5OwyVhhmkhWSfkpDsRsADw5bAjRcAkCTbobezfGtsP9O6JAFyGgaClehDdDF5exW0SKqLFbN4TrdFW/pQw9bbxZ660N105tX3HIAfMWNIsREEZWKSUTjIJ5aKMpPkJWS8x7dOk3YfLl6ifdbTi1U3NdCgpCjx66uYhYHY1Go3YsF7nyxwI25Zhbs18VyEFXEeURwLTxiuZ36bblTi359kGvij9JK6DsZwUvyBKqbrVt6VaHMjj0qxnZTFel/aZ1OXJcg0IFsEnz5k+THq5wbrbgbjcrzsbqsKeOW053v0s/iXIG3iTcPZYRh2OvQZRjNOuim+kKGGUUJB0S2Q3ioq6tPyh5sCJ2m1dx3mKZwNkSjhOcdyHJdTbBpMU5fI7geqkele828H6r9UjVGD1GZyW6TqO7JboGJAWXFVFlyipxap8Xz5eivwxt5dlvf4oeTWWJiL1NgoQHi9Ya3n8NhcgABQ3VSCh+mBBFijOBaFKUPXFS9jJ5mk0m5362tA9AdSCm8LN300TVb6y6HurDNXMEnuhm0KtNwWYHDEPocBQU1mipQUsDJzfvIUZPrZE6IcYI7ncOCNihm0DYm4OnpCfP0GKbvXiYkb4Vb4wDl+0+KFUOs61ZmOvDC26ZNT2SGo7LuDrJ/+NU91ByDq2zO9ZdoqeQ4w79yDLgpyieT2KJryY2BSFilwQXXBoYxOA9P8w0tgaTnuVZpa1j2KCTtvawPR+it4DAH3y8eL5+syKv3lTYxsNCPWJuAnfseS09ORU/CPXw3Cs+G3dzKCDvFzAeDbSsvijIoE47/b2fciG5Kx25EyqHwpqdfwtTnUr1/pXKD0ogQiqxkthQiXWdxnpAVsYiELnIz3AMeoJB1/57WrgOFHRc42vqBMBjvKxTB1JJkiDRJ0kM8sGlmjelNtP+zNjWtuhFQwKK+7dAJHZxb+JmRqgTT/t52ICsNyPN2z4iPV1Z/FusvTtpakMOg715yNTieXOHezpmaumoo29wlyHzAiSur83vaY9yJfNAV2mRRQeEYSZF9d3H7L6FUc75WxklJQCRPKOkHyoYMBWkn9dyhTcBXdRuOQa76Rf/ilRwhgNH6E2nGUGqcXlKC8YcKlx4aRc/viFpfmCEddH1Zb+p25ebYTwGvwdNMU0heG2FdPaNc6Md0hqQtjmCn3dUqA024HuA07ABr0Z5QB5/UxJ1lxi8x4Ey2xC8XaJkYBN0GLxVnbpWTOD5kNDVEJKi5qzUF9G9e9MrWQeKfxWGsSvPb0fxsmt7tZUw2xTskBB057hUgAOC11hlImQIgj83Gn+nxE/4FSw86lew8DCb9aJIxWmCLm9APZ3ScFa40YUFJPw+Ai4My6fBqomUs0yftkhXF85lrCBFVCJ34efu4jkcbXzlN9iKoocDLNJP8FuPZ2z8pP0lGSWF9ZrnWe0fSdZxFx0fdrVgV1kn5q5hdzl90UdKmp0dViVTrmFoq24ff79jo20pJuVsOJiU+y2RknQXs2+/dYSX3bBUGjbsMN5+WAbt/47oJcGH7KXB/6wNO2j99JiznB78mHvDEMT0Fp39201r+t+tjOCD6MYH3wZO8CCiXTFygfC9TNrvkvYhfDuT9rLfYiUT4W8wadYoO3ofwnuYtBvRFFsPUBmZYqQXrHEnwpczF4gG1Jjb8xhbliYFDnN6vDlBksWJ8K5POtfkXrSzy2pc/9sm/oWsior34cX+vzbc9YdYlIF9CE9oyEFtdsmRFok7HPsQCrqz1GuaM7Q5FjUnkR43RxCEJZvEcasjSC+Q2tE5xaGoUoT7YXoe7x9c9D5z73O+/ywLb7/v6Hu9Wj/Dodyl9kLw4ozRDKeMFnTc4IpgSMNMhGVtCdwmIgiVwrAzbC/HQsDrUk9ZqoMVr4jQGI5dkwxePsKXiXvJsW4KbSlbVkUk0zCqZokcoC1CKKFcB/zxzxb0H8NRRhMyAnjsyAxD2JORQAgyYnVhmEMoi9lBhLCTxzEtY9JVcJT2KmEzdlJ709FaLOj2akl9bWi36XhuNxzDDPToe2hLr0WP3MQr/tgdeOGDPSRApK9KSx3INWtzgnP5MbMD4J60CE34xT7so50KeIjvtxdO0XFQIPjORUR1XOkP5fBKlcjJNJ6TYTN4xhvS4JjVxXS/0m0pR5yxufhxiQOk+PSE5AGY0aP5WwzsLpRE/kWUL9pnzIYgX195ui23PRnk67Rnxg4WixmIg8WAgZjpkIEomu/PyQhc5BmIfR0wENNup7inUz9ZJImRPt3XqZ8i09U97erUq+W4F08SlhI8Rdko+cKd+2zUMR3uIQ8WgkSRo4cg2i5+GBCOlBSejFqk8CEkPtifqhHORQNC9FCkDIV2hHz820GC0N+3S3+J/Z3JgLOhM1E/WW6qs9sdoXsdfDVDutchnLD0/2DvnMAUwhYetcXlk4vzSzE3AOjY5sukb5iPMLBmKd/Rvp1yS94RaaPRtjZ/gMU99s3cxUl5tI/fY/3i95UNyZvcj4TUfx9qSJw5g+bdWp+BNMmWkdSGOo73p1wN78P7SGtg+SgF5T/EWk70BRHFaAuUx3o68jMd0RWIHGCqNaWhTat8AMDmAZQYN7/LipuPIVipVaINrEilWkHVc3ZsHu67Aeu7Vn2x1SpIQQEPmPPraLhbwtK4ATCAvjvmYyMg9iRfVZM80LcuGLORqfY1endaVrzPrQ3jntXzc3KuQBQ3TgXddHACTdW1CckqfIGgBSBlJUSE4u22ZSdmP8Y2dwjokUCH1QgXWvUHw1f6t0qDCeSnIJzpVFeAy+xDgHn2w5TXGR2y6RGk/Tm+65SDtYBp3+RgDNLuY9p3kea+RX3fx3PRru/piu3ViHyzl9/4FYX1HWCaW4Fc2hzT9n1c69O0I0w7/Zs+H0Erwy30boSwlSEXMoh6TjHvo9p3ZY45ffDB4X5zFoWkWLc7UDqmeeidn9KO6PSdHoW0cRfSkkHnYidUbXfuya5zHb5/G/LnBBAIziQKFjo1otiAZZgEGSjHz+rM0eU6mRAEHAUC4o2gIhJmRvlBxoedo/NNBTW7R9HHe0EJRlilPG3HTiHTNRQf72WeXXN+3EhLR7UVe0fbW4H9o809v0dbnu8x1UqMC7/9DIhGX7/lLY4DC8d3rcOnZ2Lc+I3br7g2vRW1d7RNhTy/G8+j+nxeGbkh+RBSMwyJ1SGxE80pgLOjQ4LTlbMzKLd4JKmexef9oEopni/h8999ZPC8js9/j+9jPD+bz/+M5x6ef5rPr/j0IP9z+Pxq/7xex0fHAjJZ18rTbwbdnd/Kj6LUkK0kEnwcz/Nm3E85JDmf7z/FXrXfP9dB8Hl8/3kiYvv9Bvd+ozpUXPT++e79Jr7/i0X1X+reX8b3O9+68Pufce9/lu+/sej7Z7j2j7cxUCEicPgYRi4ETJLoZbyd916UEHmIOKi1SnTlWb59H+HXru+p7r1p1zcJYIuZ8KdO8mLN5Vp/ZSdNPBnkVTNpZTJecX8D0/jgoonznjUHFeV6vI9Tev5avVsWKTNgZbkwglpAC4gIJEnatJLt0WYdLLifLgAIZUKEVZApR04PnulGtZ2TOt8x97W9asDxr17vmyenDtL2pzrRu7Zy5tOLW3kCjJOTyQ5aeZBpbz3AEbNufp8s6gzhqaL4YeyWgq5kexs+9dnQqFQRvFrmAM5FchRFzqoggHnx7bvwbZeQoPeB2A3Vaoc6V0qvCJV6uT8jgcVIBZLbj2qULHAB/7nN24Tbs5tUXG4vNUAMDEY1NvAP0YSunJbmyhgVlbrFPyROYXZ4WFGacoUqW+WOhSBInRhDwTlEs59j24Fuy8vB7v9EgcOnNt4JxGIclF01Ab9REDwPaLaM7gqh18swzMsgpUZkrLzy/nI1DyLvEPO5q++vLvQjXz5FcCIR56Y4J6cQCQig245TozzFaz7+6fZqriMfCOdbDPatRhaUUe5kPnjAkfXXczxxFk/eZJ9AcAIHMxIShyTM1ADNKlVouojCyupJ+EyPsi0bsb2gBLM5ikb0XSNibcQuSqTfp4dvMXGIdufcioykczM/e4fMz6xjfmZF8PO9A7o/z9FqKV9bkDZf+3SLU8VB38D6IBeqor5YF7B9RV22l7ADRfNNfBliCau0fWlzgsK7MhpMYmWAxqunEemL5tusDCNBnSXMszqW704jXc4+0P0nCQa86f16zIuZd5FnDvRZ6UvqWQRf21yh06Kqy3TIIEQKPnZikKOOB3jFmzRkBThj9Bojsvs7jIqonOqKrGUVS/mrmtXYIQqS1RPVk3NnC6rk3LiP6iMZd0gFXT1TTKpRcgPMIODZFJzqqL3FvR3dNs12dBdFTvlpG2TOlBPaZa2wLMuL3fzZzmbtKNRr4RbllUcHrPQreRCsDw7nTXMA49P1tG4Rn/pk6cc+5AkpVCVlGyXnN8rOc25R1Cp4tQb38CZkI7FaIv0JGeSnS2RkQrjQn5qEBXBZjJ8hkfGJ6hmCFHmJ/Q6sc4+qsLYsGKbleQgpp/iU50yiaJt2m0KeTwE/Oh5J/Upi3UaLmKEkfUQSP68kXYceJxqjOnCFM4RYIpOulMQeDnjh/d/TWM8+blHgUWqCo0Oc4MOeTmuBsudaoMbd9lmi5WBfLQJ1XVpX66LgKswpg1khErdEwmUiCkQ4JpQI4c8JEYolfKrsuxFeLjtOhC8QYQ3CRvhwhM+QRRHhT8meGuHPyD4b4c/KbgfhpSKsQXiZnBUifL4gG8JNgmwINwiyIdwoxwUInyviOYTPc7v/tW7f/0zd8RNZE0XWvQiXbwp+K1EJ9X0IL7zUvA3hBbLYJCrpfBAhptKocOCJO6AY3WB3alyIrbTR5ZkuROY5SB+Rvrj4tOQ57OI7JH7UxWckfhxxmNtGOCnwQQjL6alKKM7geb2k4/k5kh/hT0sZCJ8t5SJcJ3UhvETghvBZ0iaEa6SfCJ8u/U51cu5OnURH+vCwa/dx6dsjiFNSZLe7LKX0MvWi7F0uekY2VKddjtN9AaxL3zMiBtBTh0wjYgDdpe+X9B2ZO2sRoEwjDtST9F2abg+MSFUu/bCkz7r8c5J/t0s/Jun7XP4jkn+PS98h6QczB2jJv9+l75b0Qy7/jOR/0KXPSmePuvy7MTCD9kj6Q4P2CHCODdoj6acG7ZH8J1z6iREBmks/PiLAdOmnJX26o+mnpD1nkJ6IfBFp/U3BbyBM5UgE4Uo5Mum4I5OOk6l3dPOlWzHQzZ5KFo73VVSCm8I5VfYpZmbqUaaiF3yck0cVJ52K5ERCvz8JfVZVL2iK5k9BtlYpefJizPHWJyDA8uoLUa4yLH9MQsmLvm32Rk6dYVyVjP7erXX6SWmLD1KRSoV4PPxvsqZcKL8cyNgyRiliKxilhG2cy39f1EkinRr7+o4TplKdtsi3hP1Riem4b3j7VGajkkaeh3LtYnQNly9GS6xgLNWfypTnPpUZH1TNU7mCmjkLDT6Ot09kWifhqi/dMpDCsv2BrZ5+I6an3755mW9z4U+HIyVXWh3HR8UbxZ9BH28b7z41wcAKnJ5o/6t+XEWOR1DF8MStEgStY5hAbXgz0Ql5NGEdEv7uD8CzSAIa7xZ8aD4HXHjWSjyWNUSCyCXJQkKZsDtY/nl/Gq+KJpm79yoNlyN3NaKdgQtG+apOsmKhlnGkZ+7fi0w6sMdoqGVMfU0G8iTtdZucYoUmbi7N4OTnmtKotTlTUi/U4LDpxXii3c9b1B4GLc5NQwXi7GsheaWA+9WxXuoYw9W9a9VoDFhtSSr0Bh301I0qdpom0nKNltsu83Wva5fJcsgiwQZNqDe85g6JzdsNkumDcqi1Gx+dkRTV2DCi8lJFLICzERbvEgSbqYADJYdbVAGHpjpuh2IJYtCH2swYlHJoMI/AqkNtXB1DwUTmcsTTm+dTe7uOhjo40tXin6jrWfwAy0hc/EWG2tapwg1LFhZgjcZksS41to4UB6NKaNQB6gmlHpSATeyXI2TkraVViAkmAH8MjpbHWe0H2MEXa3dvLX5geJUZl9KlnQFKMar4UqawKczMouXrVFq0f6rTstdrvjDXehmsYa7xhZketDZ0+mwDxV2HucXfZ6r8ahBkUKqlHowmR6p1GvDyTKnK9kf0Ti8PDmNoY2Ry1BNJXA1MxgNEH9ObxI8EU9QpbC7jXIsBjPcZzX27BBnObmM5JsKOIwJHWHwvZm1wuu3OkKm9WSbQlUoEzDkyFq+K0B4E/Jx5ir9ju4nPdhuit+otBSjQUpMMabfjphPTrBAWKiCBUreMNEWqCqmmQp9vbGvO47VO+S9Tb0vNag/VxypVBwOM880mbNsKdtejANyWreDaDI4rwqZzHTZKdzavjMShT8Wq2E8tMMr/rzQtJLVbWK2J7imjl0qOR3j1S9KCf8eVEAZemxVyxYnK3M0zqU4Ew4/hFnaPydJDmuAea458VubkawVNLhbixnyWhdYLsuf/ENtI0ehox1lla6FRQnutaiFMngZolCgaJUQjmGONceU9Lb7IrLtjteYr7GVcdxWTZJKogeM2JiXAJPm9L55q7tPVk/lul6ALHJIKeQxC62MHJWxORHQeKcxPVJn2Zf1nBjtjPakxXr6D1NfE9FcY5jSPdgqdnuv4POqdpKXY2MqEN/G8Quy8QuQB2sm7YibOdSRxRuLNIeEFPnP/XEC48A7I/O9clpkvCe16OnT4+B4ceKkl3hcvLnm3xst2Jcdf36qEJgXwJnEFxL6AQ60CDvpmltjavm6nK2JgurQpNgUbJaDWvrfPqoYxQGFN8YcRionhCuxdmDMJrkzi9zTIrsxzSXRTHKmHOFqHIaNOMOENJryhGiNmeHHEz3xgEAJFp0RnPj7eFevUR3wmXjj3iXBPbPInguOY/Jca27Z3OzR2W3yVhDAgnSTx9LcIdLYm+beNfjxtBgRgLTr1Z0ZtSpnI2606SC6Wi96eSCZv19GBE7lz7GWbjfj0o0mPDxTongmnikdDvqLhI/yskvSD0ZQomCIbxo3v6xCgDAFK2LHCz/ri6yQsKPYfs8FlYItWTqvuJQkWG118J3IUS5oVTDi7uxIr/ikL8qd7EJGNkYXsz7msSVxd+xsFiM0/mNtYCcjp87fUXUnrNnsSGrw2EpXVDbAF1egCq/ZDXNsFY5Bzq8qHa+qenPjLAzxrCuB97gddhitwpeeQe7i8HpF5hNwbaT/X5z7sMlwGQwpH3cNGmMM8knhKIUl7KNOUb9Yp2fpCitT1lUWwTpXWhW6BJ+kCj27GzQjG7uuVRolel+LuEWnr70tFEHe19KNRszi0KYSP72n8YYnvcPGTEp/uYdZ3zqbVaJOqiZQ93Sa9U21TzHZB3MLLKX8sQ9k1XdhyWNArc/VSUIZAQ/lEavbWNgzWwj6C2/LKKGAOLZP+ODbzwWWu7RFxQR4eXDZF41DgO/rlaPEHybCdh4th+48Ww34dL7TTlUG4d1kdeqrLTPIhOqnxo8POy4cACkme2N6p+lL/yWVoxVkR1q0l1eCwHVgm0F6uFe5bJnpRiEPXQ5qPST2DZ63HHlnm67HHGGc99iF0dbaH0g8vmyq+D5Q5OMqJdQXNpBW/QljwSINg/XAM7JXz7DXailOFbPZct09IiXuK0nDQV+DtbgLhvgJbZJ99dpg9lAyJ3HS2DUf1qDtMxd7Hcmxwyf7oCDq2KTgk37nVUb5Fw5dzjLQL2s7iE9IFbOH/5nwHmeUeyvbA8iGKPbgcUObQLEdFIkhdXo1KIcfE2hiKPLR8qtkXA9z8QAoRuUKh8R0SP+XiMxI/XZSjUP3Bd1iw7fBLI5NDMwI6L9LoKYm+WKOnJXobFtJuU3IYkqni2xHaVVYhgtWcSuNEQ/9uXGfiqgqjUeDdfv/OYdwYrucQfUFsiu/xHbgv0DIQSJi0o3H/iZqC6glk6JWJvKaFPoB2AgJupXdPBAq5dnjWYR7xgXF2WcbC91nGQgewrZHkaIkcpY3S3BDJS3NfT7zARLlb/IBbCICLEmD8SF32JcVfAVBr0GHo25/OkLwWe3dE1tRc7rjhpHdjSmMjZyUKcckmBBqr38960t5Zjbu6wULHNMVfpvSBhp8IPxnddpPed/NdbgE8GrkFENchQr8EruIdNhToFpigtcBEfoFRg4z87kvyHSbCcat3Q418ehoL2xF+X9IGoy5sWXthy7iwSTvQqcXr1dfOsV792TxPLbruBsVXDZ2rsBtqKmG8DiJGVtcGqzXaxjzaLyKiBSKGbBgLKr7LVx4PVT9frSKEkoDRcN2n8cr90Qb5p/G9Et/LuEiq4k3yT+OHJX44po0+shiABOBM2BTfkAe9U9AJSqh6fjTM/1ftYOlgQV8sZYDxMTTBzivsbDK6Ylo8gPE8gLYRnMvw6i1qNrzU26TX5R/o2q6u+3P5YN0/FhCCS637twyW/R5kG27V70MQsWjRv82t+Vjm7xws+aPYFmDFB476rHcNFvxERJ7GLfhY/e8erO4dn3e7e78eDMFO97Cu7kBnd8gb3FTbiJEXVQWCmyssIsLv1lgce9jiSOpcjN0ZZvvBuB4jn4e5bKZAWv1uRleq3ahqTOixKXEyMkKt7s+xmINSDMKjcR21mAckHYlFuNtRan4oFuGuiz8o8ZMufkziZxkXqWwsPZQYON0zHa35RKek1+ziS6ztQVebNNlA4MfrmlhYRMz4+xFo9IwhQ+5uoEY9TeyiV3PSqzXDTu3sKjHcIaBlZiLlTIjfXaxlNiKrFRW/SuuVQsn4cp82IWKDhi8P8OVBvjzEl4cHL5uZCA2YlW3OU64knE91gbt/l+jAaLv5KFuRbs0yTne1x3Wkw1X8arWCFdPRAtdq6UfxHLZ8BfaHjdE+nOS0PsVV5hGrpZ2x9fLiV/vWYQLySdkKOvnd0Z0qvhgj43RS50NGKJLNEuEY5mw1vtQSYrdD0rHbCXeMugTJKZasHojnwivnZeyqihZCcBc7tjsqzsTaL7+jRRVd3uFVm0B83ZXG/AEb0zIxL0D8m5gQ5y8PwKSfFSbjn0D6dSgCo+aWne1G12AIiiJdfeLBun4mWLSuJ4N1/eFg0bqeDtb1E8GidT3juk5iAlL7WOs6No7wX2TKyC3vGahYCpqbSA7IvUBzI6Vn4DHiKRkTHQwHj9wN4CcjPxWGM4Gz51W8xIFAZi8C0AEJlsEXLym222qCvPtlN2I8wNTJn9iy+83HWnb/j0VEvU3SIZvmNjNQcVMwEDfZxeRbzYdxBWA5j70IcFkxWFa2m8dqguW+XIpGM5p4i1Njj9UPrL1TjuH+uqmCfMn2BE+4PTDjYVrLt1+03Uodzd98c9XGKvrtqDirhoW5dnPlVim+9bcA8wWLrF/VL5rHcKxzG2nW/dhMzmKu5Lvn4Eq+YkJIAc3dbaMfY9o1KvVq1/RPRQpwlBnmZCPEGDd9a08KDbsiwH+Xb7tc/YTCTlfolesnHwmbiE2Pbpx44N6PVzE+yVvqRETomIXgvzK6f+L5vIsX/ay36THq7yrpaIWt0QrnjdYzRbZp726JSyn9/F7qTHw8I8yqliT0P/1EGZcqWBrXrixlkly1NZ9ZyAiubvOxqx0fy34+tqzE2d/SUXG20R7564ag/+umWLEQrXA4uVA8s25pJvbhc6DLrdbievRPBFbFR5IqWhJU0cfz2TGb66XL2ZVb6r4k9ps5J92R6CnP5clDADmLEMe+iB7Arx1zD7fWBcUxfZB70Duf/Thz4PRkmXAr7uGWermcgyP78cBze8x+0uV4Edi9h93DzWD3TiH70cAzfMx+mjnA0q0Qnsg9bK7HqGrQB4eKZdZnP+tyXA8j7dtTfbimDqEJgVmHxzlqayJ2OKlWIjwEHWFZBa9GcrM3hVR1pJnDBe0VuBziNoD9Sd5i62MLeBe3g2AK+riFCJWzVKMQGbhoJgyjiwayr0+18LKQNWh5uQz8o1S+F4fDaFbq/d+jGaVBJVolq0GeB2GJpo+4iApS0bFw8X0SP9vT+CGJ72K6MKCS/76+tngGoREg9rQZXA+/hCbI52qtV5uDm1pLN8NIM3CGLr/7U8dKapa9rpI9EmIrMCYqkl9g2VdUFsHltHU+H4SSdU8fizaKPdPDqo2e8uUxFLRbiGdEA+GagR+ATUOJJ8babBq7u18orCDkCgIi3D1G/RXGZyV+0MX3SnwOcUiiUtnKj2uz9tIDQU/EeRdggqwQLNA2eE5Pa3lYkG/fiAL75JjIDyTO6ynGZwPjNzsCM7zFra4B6QapzDVM4nMuPiPxQcN2SHx/Cl5ckfloqoCuRkK/aBBJIb+iez9426k6zSju//ocCaz8ByYAJGXfeWY5SM61fSvB+I39pIwfmHzUvLIcn8zu3V6Nw4z/tJFCXlBl/KLM7ig7W/EdwGFE5N232ALf2Rzt3sEVSrtO8I4oSGYFJAdHFGpOJommy/0IgS2UaOoY4X2SBSo+dUZMGykvEDnlAPF2yODNH08ZSV7oduM5t2I4nodXDMfz6Ir2ePqxNMQqEd903GiOzBvFXdLkh8e0KzvHNshIusE+v+z4jCjyBF4cHUE550P8OFJGOt4o5cwy/J7l7zH+Hl8Gbl5nojTstKviiMTPuPgxiU+v1GY8BOU3EqE56az3rc6M8rHvsXzseywfa48JtpXtXpcdqNqwfeCNJy0HWKs9JdXuXqnxExKfQRwEYfmgtnpcyAifUF99gRCYFYMa6wtFuYpPqLPGXTI8SfgQQnl7DKF8cwShlHRIv5U6N9hZF5+R+O4VgPTywWx+l0GEj/sHj6eWzRfwKvHrO/CIWS9pZHNsOUS8fAVtsocG3ehLU/D+hLx/mr7fPiLLi763Z/siH1zu6HxHcQRbKEkoprBlUmRLBcSFxg9K/KCL75f4fhffK/G9hQJxrtXBE8OOC9DLDmaE4hAxkRJgYCDkhM8pc+qC64j9ZUTwcprsHIFImtXIIMa5oqf4OfkPiAraEL5sPqvX14/+/qcD1kKTb2rmTe364qt1aMFZlcP2YQcrRrC+wlK6Bu9O+3drKgZrKxChEu9OunfcHyJYXWHVHce74/7duNL7VRVAW+DdEf+u0JVurOpKckZoqNy3/7j7Q2ol1zEu3E4gO2Tkwgd1JCsMtWPDGGLDGGGvGCtbBBzpQzLrFxq/zihh5RH3uB5u950l2f2YpGpKdq+LZrK4u2ggU8gRipZQWJczpTi7DPucDkTzvuAZwyJCnKO4qBQ87aJS8F055g0s/EKXFJtTrKJ+4wqWAYFwDwjOK1dCnNxvNnLcKE4GYC6DOBmRjU9AnNwXjhBM6xWeae0Jd9hbvK8tO2Szvp+WPVmP8RPhJ6tkG638bD//jPPMuN8s2NaBwvutXWkgqqjpfcVv2zaqldqE1/ctr2Dx+r4FaA6LZPlumvmhUb3tCGNIB61E9popSg0Rn0X8LlxFMzAs9DGacKR1C3rVAYMORKLjRzTjQVGTuat4mOKZjV70wjPkQ6lzYAPVICiaSdrhyNvSRdceez/xWFvSwm9J27uH/Wbp7cPfn2P7cPdPeucDgf2Pv8v5x3M084HHEdUff1xR/V//hET1xe+1+/fNpSXwO11zTwc/oZORjyb+RMQd9T+RExGpf2kw//M5wPzHhpbRPKBZqW920Zp5olXKXqnrmb+NpVIh6AqNWDn/3MGa4+LEY80r8OYX8HEZbUD7seytYvNZXvFIRsirteosphJH4LQ35otcih9Z5HLmHN3+0wsGW9vT4+q/NmtmB1vbrH2AkYGjFjNzEnMnGAf0QY8w9stDczDRre3fSjp2Mbpv1U8PaW490TiiD3qkcVhZ2GyoyaTPwhYntZVrYogeTOrCbas0YQ4bdgkfTKoY4d6kWoZwT1ItlxpnwBDxqAKJu3EAnAl3sbxeoctVpse2GTUcep1cPnmIrvTvW+5PLpjnOJq6grcFMqwVEH9+gYVeVoUINqquhJYkeUOW2xxNIDxlyUg629XxSoSZwp1JCXd0aosCTnbAsEqERxW2mM7wyB6oDaHiQYJL7gQtl3acr6C7b7m07XzEpFMtrYuMwJCXJ3r60ax8dFzj8rGwl4yvkY9ll4g42P6etn+uJ9yuzxpOI86sNY45csTPdPB7lr/b8zrFHAn7djBkD/PFaWrPX4Gfa+S1THltILQxrywLt1Zs7VvgmBA0HEjsdWggp33jVMxuomad6KhXDhi1hf2G5qu049n81h8weJeqPb8iKb3TTsktjT04rj07MK7P+xEePR92KySyf1zIYqzwOXZ+LcM7ez6H2T54nqY+JJA65OInATXE0T9ATeLNg+epsolC67DwHafOc5CT+GkXPy7xM+dxS8pZsFOq8Qpl289Hz86Xnkl46jzap5DY9vPdTSU7zywsMllBJHxkdey50ZcQHQReoF/azbpTvNE0EVTBdJrsb933U3DCr8ZvoFnrBCiKR40BlIVCgX20zmXMePE9ouk6LWh9bQGTuXFaeUX0oEQzje6XqBuAfePavr0II2FMxnEO1xxV8yjjVdQY3mlUBGCT2GjUcbjd2DX8lFOsOSlZXav3SBSTZ3zY6OKNIZFfWGjQyUgKRKOOs6mMHmVTGT2sTVXbtNreCDfxaLZBa4VQWGGqw9SldeImcWPUwc0xbX53cOVS09iZXFLfBPTsairHpczFWqzdJuXLgEmBfr+eN58jKjtzs4PgGAsAfnfKXC1o4LCxo2p/nJoVZpygQV5Jgg6CojPJ5riMAOPa430u/aikH0C8I8QYYS5EAGFXKDVCbMkchj2IELqnoDaCwSJmV/yvjUKCU6mZlcghRSRm3HV+8RzitZrRzBz7P9vTaCYcqYsWsiVklHz+wV4vzbGYnDelpeq0XlQwKn5LxE6eV1lfE/sq05g1IS7TmFUhLtNY6yLIzkNlmn5c0mdc/ITEd/c8wbIaE5ebiQXMqVy6XMNdEvIGhZxwIyqNoG4pXh/uiZ3RD8wFig7CQEtkdFMAsgxK8FCvRQmOzae/7FRPKK62SFostNjF90r8TK7xWajkMK7qOSdcfDfUdmQKVEYT5APQuMP6JJ+IhDNXenefpknxIojTqqVamQ6IQ3jk3p+Qb/a7+CmJH8xBqR/pXunViOmdIMNuv1rhSQzXQXc1Rx7meiB2vNOHLDm28hIxcg9ruS6zx5dNBvI9Ot2n12EW2a/GEM715RWWSNGZHJsM5N+2cgWsd5pyRbNRJOtce3rCDk3JjvCl9UrJs6Jc+SsT7OFo8VtxvbJcKR/cPHG3xOTVCydeKPfDBzBgjS9DdAdrRCe42pGzeGSU699o8ZFY6h1jG5ejnDGUU8tmU/7GbpqIyxW5rNPLAKCT0IgMlXjZJuRS0RcOBJaulgOZcH8mYh9HN5PfFvuXEyJTYo2y/qbAdeBSbQiBHhmYfnphmUEPDTSx57fKgyl0O2LcKd+qsQwmFxmDHdNeljv8LJo/+7IQmL8IRErvMZBUr0TRh1TykKnEIlNNtQw7EPJ6xbf4bhyzj5pqklzg3T7/XYGFj5pqkpxxQqvEIns8TbXsMTXV/NJXDpa+eP6sBD83mIpKenWKstv/+KNPy3CJmY8haNUxnbfr+OS9P2odylFVlLw6EkC2qzeY7JjDc/mADNRjOqOVQNQrBeVyx7JqqBzgSsf9jcl7hKADvsp8iGW541m/AKHnCu1EXhOfhJ30hHqWUZJvdNUR9RlludsyHY7QzaQy5Iubs11V8ivKuHhHW43AyWYgjckgRcsGyn3ZQLkve2LKfZlsYrDr22Rs25H5fGlM8a9pmQonjp8IP7jUkQ78Ub3y2faibQkvFC1z+yGewBnsuLmnaW+HXjzY0oxBYcvtaESefCuaErT2QmflIeVWfeEW5+a643Y4t9fpvA3O3XXfvdluqgs4UKa6EOGdFcftloqz5EXVKkwrUQcSSiS3G0F2ZrvucqM2ao+s6hgCJ1G5nosM8r1Hrly/soP4JcG7upcGL+847OqKkM3F93d5E9MXtB1xodjTnSFbe3Z0iNGgk9gpob7OlDM8odcIuWvingkkw/upn+1K3r3iPG4/TBJNG3KIvO0eY6gRidqbQ+cmtwDfN2MgctL+q6esyrRMjWAE1NSI5DmRaqPIaPtvBFLZFu+lVKb06BRMQUa444W2ZzBLH/P5Plz8z/Fs+HwKz3xv+UzDTnwO+fw6mg9hA6JmO4DP06JtFRdGNBcdoQUOtZM0xUt2ama0QmLhNNoBIDRVv2sEvVC0LU5bkiMZGJ3yBOU0IfMvr5lznaxpmo79r8OFw1JHaiMpmoB/ANMcl4cmdrbkiO33JoSKmnAjg23wuw+WFLu51udKN85ol36g5uu0CejM/QSXmqshMkndRHBB19ibCEEF3YHVqPfQCjnNVuC2JQpIWID/0Ei6N/WCXYUWXcpDrJn28kEQ6derHqdRgcVMtMyK6in6qS552gFn3EE70KW5YMUU/6oLuw+s/Mp+qrNFCqJ4h8sEc7M4Z2NLC2OvxayDZNavq7B5JT+yObFlDzLHequhuRdvlB6o/SW8TOENAdnPWceuxXXcwzrMoIfWYTU/UFN0dSj46cbRDkbQ+LETbPwoRqMDwp5que2jRoKUdKoQjIh1SQo+1KUNeZCN4GD3ecE7Jf5cu6MozQOT5b3b0UCxitvVIdnXrawOFYU56ECkJVahlp9XXYpIWP9JcEVifZ4tQNPLnpiI6OqacxBhLNsbhJHs/BGGbop0dYpg1GAE+fcZXyONe15wCHGYpEBFQtGkZ0+5v+WFt6tONreUXfFsfsdIGphOx3ZCEfBQiRJsj6xwn4t6dGoqkwPjJgBJ+Qh7gInGCCNf7QE7bM4DVruyz7q9M8JYmm61K7NWm7jbapd2We3SjB2gWOQKszwkUb5B4jM6Y0EbQdEtoA8yIIJ5OLxyc4+amcEvkJGP9FYgFvPnY+DuErNIyHX7K2Xo8CYtczUQr/wgTaT+teMHQ+UHI+UHuRY6XrHQcR4jr5iRfQ0GvGKG1uldy4zLLuTTSAkem1HkOn4uRtFKaabKnRRunyHASMHI5hvZDrr4jMQPGgXwYaNb4kMIU9kKm7JDTVrr3Fw3OCoJWkoDwTX9AHnm6EKglce9c1OpA03/jsqR9QY4skYua4SsuM53NsUIccHq0P6DzJ7OM4MjscC0A5X56qkI90bV0xDOxNUahDvi6unINx1XsaPZHeoMzxq8liuCP4XXfxwLUDrUvM6JB8iGy3XvYC2H46prL0eGfS1j6CQPSNwf4/dAXFzO0ffOMQsH46OpIu8RqeOS4HMxRhyGsuvQLQU9vx/EinUM2dcIY4nw6dT9yaB2MYNQnHo9hPCptOKSwXLKQQlhuOMvUye1SN0GNaWVFt2gSnzapZ+W+A6NC2ciw804JriQCsR/iuf+Ga7lEBhe3gB7NMfZmUuDP3cl8PKYK2FHIQgi8UnhhcGt0oFp5hkh2ChBgcml5gxSQxpp8fCaxR22UNf18illX4e7+HDiRN/dtoMilesMKaoQOZ7vKemMFpDOFGWJ2Hg3Xzzi5tXpTNkN6JOrt9oyVMPpawZ2DbT/bl2ZdXwYi2vzeNMGPB7I94Gkpn4LZqLhpc4+PBZRTpppncUG+Xq3NOb+yPXwtyLFh+LzkVK1fY5g70WYOkJt5xFqEnGCxSiBJyJRraw3UCQLdDOTct1Ihd62cDNtYE4bnkLAs6LpbwV8w6spC0ufGfyv6ovzKVzO05fWYr9QHp76KxOTXz8WvhDHUcHVW++g3psuEg675iKcrUowaJL2TWZ5IyNLP89gXBThdX5sL9BNKdFeJVpCLy8AXeGmCyeDAOddOAQDaS90Iuv8K6ZDlURUseJwpVLAmW7FcGeXArJuHYIYboGzZ35NIyLYVxXfsf5DJE5VMRDgtqqnso3SSKbbwHtmzf1d0ZwaOFEre8DDEYnkA8W1EHIbBlPa++YSTZcilHtd47nXMiYC5UAHqNXVsdi72IyFhmgEdETTeW2eXYjZBHKWIFQ86eHvPv7uj+GWZIe4wh0wmDj8J8dQxzo5617xIbgN4txo07GjUmju7HQrCYP5+2VD7A5nl2niTDtxBx7gb869PFO0Xp4u3Pwv9OWJ9svj7uVRF+5eRg5u2VSVK19h7hBVZLSNa4TjF2K0jfHJbbL4zn1p9d31U4GUL5wo9sSqatbT7hTvjZVLAsORD7aWcx3fa+6vKLXpeL8KGYw6Yo4BQVg10AuVpk6St6MzGf5in9NlGmdWbmch4Y4hlXSkvY/TYdaCFmO+EJsL0UCnWKv4N7wOl6gRBpkjh9UrFAurnkPSvvAhFvV2Qc3oh7TEtO0HaNTursgBEPVNzV17TLs97MDhtNFjQw2FiLc3HIdSbV+0RPty35ZW29jWiHByjcuHzQgUQtKtfD5ZaI6qnK4D2gcDDO55xdAlWkYdI0xC+fdr9XlNpgcwngSjmnVKgNnM84rXh66FRdlHg9jKizDYVjzAg/xKCAHNwzKhz8dKh4mtwKlQzCkJnxTOF030ynE0YuApfMtIZGwYCY0dbb7BrSFcjo3QRAjMTdFAiKH8BnGZhPMarjwWbCWR9eKaF2vD5R2MsXATHE9Vq3VrCftJIEOhYzzmu8qkeNIUjzqZJEeo1HUKcgn14arLDfnUP0x1ZXPGs5Td68islXQdNl2bibISPyE8+3I+0DIWozskmml0hpaxlg24joBRMh0Zo+Q5CqCTsujNt2RL5bh0bEwQwgIlDfuzYW7VeDck465tBaNsWsYoW6Za7hXhAxobN7B7A/HGanjJO1/yCYQhQjhffasSp091Vci+I9cWbEd4ejdaMO2STiLL3zDpBKKJ8DYIv82kOUQjXZopOtDVmV7jxXaaZxw4Zd6VYD+9vPknShI4XqB6WMJBcvbyQ9rNOthVFCrxsxo5n0TTU8VJw/rYKnrPca2KtFXaBG2VHbTqza5Vy1wz9iQtcKMtCm4dFF/GzMIR6IXA8X9F2zPFcbYIjF6TavXYIp8bKB4SLM2itFfQRFOrtB+wbVoaDDg90dIMSlPT0P/9peUOPsOv9ruR3+dHHksnOSaoK/CkEeoLuS4JTXx1dTFFcXSwCuYhvFMWCOiYlNwoVZWer0ZSxMVlDpMfJQwa5/DsDCvXFrgcX2LeGMphaO+2Kmy2VdbL+EJedVSP2AYbxBpBBHvuTQ82H5xpYdP0VBdRqi2fXNbFX9NFPy4H2Xwg+YvVn1htoJJG/upU+rzg7VaZa5nIwZukJLVVFYKxMRBjzNgNgdHoWySacX3EQiNd4jYYrEvKwu2dU8LAhFVMXnpwpkS3F8Aync31U3X7rtO8lg3NrBVDtYU2rZRnWFeQTJkE8mVQFuhjUfKce7w8T9Y+lq3bGWWWCwyZX756dEovj0cCN9i1RZ+t9E2A2o/adB7CT6HwI6GAilaAoi3YkVpePAcHe69tuVC4cqhFVDwP3Qe8ODrQ7jMIYcWqD6D0yUsOOMAVaBYY0BMW1GEoi4bEQ6TTKGyefMct5eqo7LuQSXW44tFMYsZVwgl7KPGyJDCM3wdNbhffJfFZv19YeDzRlol7gYiKNt4h4YXlBaLmBrE6jihWlRPQc2NRBC5N8+iOy9A0D7dtvAJoudVAz/3WzDDReNM8xvkfVdM8Vs8v9i/D+cULHvP84uzC8wv89NqHGPd7lUG9QwfVxsjfolPVRufJ+rFvrqkVw4guWfWK3URjVb6i97w6V0+4u177/oZ3vWb/Bne9YKoUP9SCpJOOSPXz1EumhKos+Ay2c/69uB+mQ9fXnOHsVJj/nAnhAgj6YCEvegb1wPM3Pb1ilgRtr9y15WWLHIDbAl+Ocf6Is0w4Yxxom3XeylcKPe4OgnVVV96sUb+J+mZtFSJYQyiXoCUJ3/COL4JSaCL0PH4IcUfKO155mcDW5LYyFYN/7jgGWV9cGXX9mQ78HEkIw+W9MkXe//um4FLELgn+50uD5yNG04CXa+x2mAZMWQ7sTafq/S9tef9LcTizsYmqvrzdyAnkjpUVLb1bbBpyvHoCrVK7S0Hx+ZRYBDBqPEPcMg6yiAh7hwaM42cVfgr8jA2RcYig1MyigWt5lMbFBAKvNf+pRdLNVZ9bGbHVOKVFu42F0FRQvFi61zMxTZ8DJWqDIAO5VFtXGGJsC2IWrDYXe9hpsxpSC6sGRC3kBCafnwsH3633/IgOYAE8kAN4aLUcTFrnChFgpCUIyvaZ5KLjyFTwDFi+0WM5Lcu1p3Pxchr3CvAT4SeDoTlF+TS/wRqvkkp0nQzoGBWeIUsJ4EZSgkjWDAlCWTMkEILnaIaoOxBf1ylVuC+2qXMdadzRZgv9M6B/rnpeApgW+meK/pleaSDrLSjv3pR1Qh68TgX1MRyS4Qdix1/mpbCbBpyXPOH6np3mmqzbSJmkHb/KW7mJ2gdIOtiWuCV9hO4DQFz6Imz8q58rJZiRwNl96gdqMc0ZGLTqD8lT88v0kASaWVKuNOxqAcc/J2Bbxh3BOvg3DaiyiH8k0sGbC2R+ZF7lEHrvZUeG6LsGL++CEU07lBrfrFFs7zdr9C6ZmegRZrNuuXGcghvXkHuDGuW6QeFhjJavwvB2FWE+qKMexU0/V0utuhysp14GbQ6D+M0YesY2Y/QZu4a7hFIyjUtQqJlPKWuNMsvbjcpdp40+3618w10SXDalzVIWiUu7yVtAzTHwQHxA3hvooSCfX1MhP3Mq2Jli/6jTZbhbrJ84Q57gxwbmPo8NLHk+9zHXvO3ZkKTMO66PvOP+gNOLSIV1IhHCS4sAdHWvRzdyh6/5UoAZJoFcmmg+9N1PBaDEE0ybQNJX/uwzQV6r5b9GgnW6ikvVTkYvrLe0kc0Bfcq4cEMlTmAjBUigH0vGiK/XgYLAx/9lqlYtsTVeq5p1XCO5ExrOA0vCONUdrqeFQoDAZ70JrzHfQpB9xss6ogEqNAFWYGLq5/Esm050adhVzZ1SYnYqqXrz7Yziu8vxc4XoYKCrxQlJwyDhMsvHRyFaTTCZRB9RT2sSPeVJeMoDgoV3h/07nPIkPOWhIU32vfieI3DGG9SU9HVTxSmmP/YZT/JYZzz/aIk7RAG/qgeibSExhTliHua6ZnIRBcxhfxhxwNwA5mkL5ilhjteAuQXMGS8B/5st1/N1lAqnBD3mOBfTdACpVCGVElJEXBp/1XcKqVQhxcU2dZBKCSnP2aFPPF5LHw9SKQf+XKdhEb5Efo8OOGsqvpcgDZggrxFIKewSEQKcEX42ghnm4smbFWYblIMh4Q7kBARu8mV5wnLoTIrrXJnKz1re0///D9CPPkBoR2M5RH+dVN0fdZDK7sfzj4YD07YznYGF5GJoIRngW1PGqI13v9dpvAAo18rr9WQDoMQUQ/U7dCaT1H/4Zdj4QpmHujCRmlH+ItNORwM7yqeiutMypFwODSmvotVibKSgahP5axfMd40EHXC9LLlOJLxcuJaGVmUAMC++peg2bla17CiXGezWsOXv8ESOBTGjM6b8cDS0pnwqWmROGZ14gvaUBbZc6ng3DlDjcXesKBKrt/JY0tcAqziy829cIQntbN+4Opdx5tdkj2ec+ZQh39gyfd/awa9Qb55SglfgwFNUYSHkaokfwk29krruqmISM7S9xkur2hf/AnGCXvN2U6i3m0JOazFEDjv6a7y9/bUVNx/3U4MA38FjfYgxxAfO/jjg7j2flzDq/C3yD83M94RpeI0wDb9nTaIm/rmBpGyIHjZpq54S6L+2upOM9JZc0LbR6d2zR87av0WsAJgx1gaumlJn2iskq8o3Y9L0lBwrOicUdAr9s+wfZoZen0MFVrpVHLd6/S7K0WV4LbK0vl6UjK0D48bYGjJuulkKwQWrH56A9+2Ibmyvlvp2NBg8BlNKCz/0wSpegQsugMhK0uCIP1itaaXIrqSDauz/3y+wMdMDOX6nXMDChrrH+0yUtUsVutXvw/pEAMfp56H/KoUuZrO8st6cUv5uY8InWiwLZYpa8hmpxTlQQOg1awHbhTVBPqTm/cGHyW+g1hVWzs9lkBYuaGM4aKPYb7ILuh5pG7UVkW9jxvmAtLjVSjgU/NpjtBJfLWqnpNn5aQBNu9qebA5aYCY8UA+iCzqohS2uFnIRo+cjX40UCnZBltwb/8nXG7vIfDuQ6lum1O01cbjY8/8g7yvA5DqOdZsOzJ5Z7bFMa0tJes4jhZXvS2LFuvdzesyQeMO6zLR7SfBJzvdWK8la710z23KYpfhGZmZU/MJMkpkUh0xB+8Wv/qoDM7sreEyrT9N9Gqurq6u7q6ur014BzGORs+v0uF4rdo4Vzya91piGWaw0MoihZrsvyd/Qe6kVjmNu6qRQgXLhALqFj+NOF/79iQR1xC9YdMHX7aqw5Y67FbT3uyrfaDCBLOmqdyIVDZVioKdYTdPbEed9+23xV59ef8QnpGzUgenhBHBz78YKqgzGt1Iu+9V207bDP0kpE0BxYPja50v78E2sT1EShEX85ELiLYrLP80TxkgnBhjHdAZw+LwMEPg4vywt0lsFLvypjZX/ly+p9w46Zvs+wUsaiediFuHnNUEDwnxzSvW5DHgzFd6SBmfXdlqIdYFO1/cXnM0XnOU9OJu+cwbOhmuc5YKzhPF17eG/NvuPXCBlouwZuBoArhBoVr3K7Lj38AspZYTaszC9rcFVGetbKMnOxNVndoOry9OidYtsxpbDeSEh4yiYNWsMtRqL4yWGtqRUi8k4/5XAVum/gsIz37q5k2Yifb2kNNj19Lo/B3PHvvMD3sByV1Cy1JiHdYXyWiDOz6XJDW9kyxwuN4ZPSR2kJKBz2Hetd5XCFdBI9AJmmqIF9YkBpvxBgGrHOqlFygSSjMiINx2FFjef02XwZThPXczPJyfIgn1QJDvGAay/2HmN2MJfBOkhbGD7dmcwKN455qt4h3cw0MqSoSgMnDhYbsLaXdUdECqIiQpGYLkfNDDPR1vHi7af9/tUb8abTdllRmPEktgoBL7fiJ/FCFQUMpoVsFwn3eVd6UY+oTp9JJ8nLiii0YIXksd459PjVi4gVMsUW2ehTDOyjEmW48osYrQfhhiAKIw27EgRSMO/08brA8dgOLR9hOE2tOvhFvshIiFLBJLI4BoCW0C+K+GPqgMbzKzhPho2+elE0+g8ithEZhPyC/D9v70zZ/RkWvak+r+sJz8zoycJiT19CXaQz2QH2udND2LwY7mA1Bjweebzm6kf7Zz9KHxgaCYfGPJDfXwgBh9YAj4AUPvZQExDvjLogRRs1RFOXthj3TpMj9UcjlWegRUp3NQ/VBnIfmU5abw99lCls01aR3IOIxsvYXRgc/L4TAuO6yTlC0mgMObEJ2LiJ/+6lfQBIVOcn2l9DILT5SMkJQ8iggxEZS9mKkNr6JPKgbflk/zXRjYNnMnjVXV0FR+83GnlIMSLTFpLQxMRuGOZAvGsj7jhBA2oXxococHh1WQhSxtlMlxFzRhWA6QAt+1RqI6nIojzcb3wi2Xhh5DBMgTLnMVsJBN0DwtbcRhk3JJnP3QMbzV0z5NcFlVEfWmymYlQi7RHOi7FwD1+AVg1dkpZOawHjnZwMrSoAiMFGDqrNlvUgBZo1YHsFal9y3BY6VGVOwaEL8MEKUb7U8hAQjIaFfl5PG1pzyhOAD9tfC+5+gl1NNQKjl9Bn1/E53GsfE3Y+HvqSzZeWQMz4lv5xSna79GFl+q+BzxA+ZaNwFJ+br2V1jtMy9R6J62P0XoEycOvcU/rq7ZXdi9rz/p69Fi0waINWGPzObdMq66cVt3MWRWLx8rKpBj1JEhF8B941WoP9laWwxfwJrE9aODwUljDN49P+UAwPYd7HVO+UdqSVa4VWpAHiKP+MHnUOM/44WQvVjZ3WBPLHrk2NJo2hCvEi8pTIVUci1I5CGlxCHy4tLIY1qMZ3Q5OfqwrB4qbgVhX9iOx9A9jgSlg5ozOvCbjrm2etpOV1RukhNaxg0g52JdlVg6TzUjzsdlpdNYLb4GLTjGRRwzWMMaW7TotIZUIpIJokAoIvJyjkjmGSgutMqxRcrxvdYmUv4T/B71zRe/X7zN1a+9AQQ691OoOTPiEqx3vtLhPAXhZ5odSousJ7j3BuoJ/P2pGF3tjfL7aDhNpdlVGTUReHhs/1tr2jA3LHPDYTswt77heVTfGAg2Qvn4rXE/PRT7GUhp4dRWNf2w2Z3JZmS7afTqLFbRfER5XR/VwmqDy89N2851/MM3K0cMPprn8X2zQaAG3QfBXjsCr5mTmUZWGsqXox9nM3M1i5jx3RP+9zNz9z2DmkdArL1uIXksaHUBfQlR4tIMz0MvMk35m7h1Prj5dAFQbaWk54XlXceOEubHr5cYO3DipLEOAlISZOlZicoVFGvAkx8s4LrUTybKwrv1In/Zy7x8IhWI4ueaJROddvULQjZgPMzlwgPr66Taq6TZiuo17OQ7Vda86yscgtRXcH6/rITm0I6g+VAARTSQtF9p9qZkmaWRUNBkTTfbQY1TR40vWtCrDvGhdn15pb1+mFbcsWjX8AHEG4Bm/3NjVncG2E1DLORTz+lgnDgrr8wY1CJa5vcWFDgDLGZNEWxAT4f6mUKcDokVEgnHrmPawZ4g5TbTrNHgOqR7IPupAtFFSWoz53jbfUX4Ro7kN7mh7uSN9baq+3gtq618jgKoib8Eks5JJgvH1lnxhmjGl4FqHkAsoSXg+8OUqBkMwlAn17IQ26ypv1xbz+Km9rukM+nlUlYFI5dbu+upv3STXD/XNFPqmSrQOlB9k9uuEuE/W2vzXCwJF7HUofHMJ+uI9C/p6hZHrSDLcv3wHFohxRPU6CAGgQCOroI7LDD4iqGG70MJEdyDsyCerwvlkpAEPlvFgQPcYELsMbzfn2v9tc7yQiHGqBJayfYXy5KcsC/L/lPbL3vqMgl/DltHHe+yT9Q4o1s822ii+r0f2xAu7qx3yMjcBEN9i866JujZD7xnAPuxVj124DQ5Ix4EeejcYaZsYkkCv9YcVjkKBie5h05Qhq2zB3aytEaiFFewKaoE53iXM4K+AMRV11+0umE4E1MfUDoLSCA1GBNF/FdiJgJ3UYOMeZ0XEL9d6HXcZ1S78TmEOM+R0iL5eS9Fhv/yDFoSFFRcOPMRsnhyawFfd5s72V/VEf/ea8JU1Ictv6A+dCD+aCIsQStOtq49vIHwStTeH8wfnE4wP10nAXqxPQLiyCAXXoGBZkosCXIv28z1bktS3sCWJsFHHOMB8JufzIrrbdDdtoy/Rklx+fVRv/JN6z2+x57fY80tRhUVlEbjRCSiXT/ktnHbWSXnGyx/S8o7lEji8Tf0d8uHAEY7HguONVNmGmO02QTChvabPExdgAywnMLiK1juXCM8XJYJVhchLO9wo3FkggOcDV6i+iIiFnXPzTd/Z+vRgfmeKhUJ+Q9oVW0pJxrMwBC8VFr3b6geI6Y5TgvWwMydbHvIfzXN6wrpm+yEDF2/py64ia193Ho7iLYoHPVFDeWkpqUx3ALGmqzlW9Dz4QVCSjhgPYsRdUSRH1DBOZhFlocODZrJ1+1tJoKunur8t5eAbuxrn7fjL/UDFqX9FI2iksAsm8+t4fHs9lt+Vhi+voSRvnN4cXhpaHq5Jx3AerQnV1JeDFpW/fTBmWCXHTZCpzw2MXMC4Ma3Agk4Ktye/PsVacAkIgEMLJ+HXpJB5sRD//Zv9wAjLjhLQuBayGCDJ1tQhdrFHL7xpjIA9AQKXcOYaSKVjDOrFIAOaeGkEEXxR4N2CXp5/NpWS6/bnG0dYikaomqZsgGCJnKjZLPzqrlJchD4M03dXgm00xWu02mQltUpgvk3K52Lyq9OOgs97ly8lahNSbDDA4rdCS+Jr00YR3SvAM347fjeOLJATJg7B4QzkdVT7UikapeVLUb0cfmYb/j/mCs+qXq5AnyVXiPbMFXQPV9AzuYLr5wpuNlfQfVxBN1zhGVVzBfLPzRV0P1fQc3MFLVxB74YrRHvmCrdAk2BV+C1LUokfpKG0i/Fispz4wIqtFSOIwAgo6sDVvE+4WI+FpybAB2g0GuEDpo8PmD3ygeh/Ih8YBnjCBy6dmMUHaM5kPrBoLj6Q/jfzADMXD7i3lwdctVc8wMzBAyDDus0ruMuFBUhQzQLMLlnAn1ZqHXkjskJJ+edTWmpYokgGwrCUqsDNSJFgsc+B53hNMuUVCKBqOWxcxCYipvtTWtPI2sxhVQMSNbI/s/yePqW7ocYUvrbUXyKZri7BYDMrQUQ/uBNE0KGiQuHZGXSj4pGx86LDhzLy00t5VUmguO6d6h1Ig5uvpywbyuDSHVgzRZ8Ue4d6x4KNNG40+fXaKZD/WjyhTznHf39FNq7dBPkVwzNKyCuB6cp8WThGVmG7frqIJoqYXK/xoX00MQ7JWZXSThSIGK/z+rj0jIM1TiCOZ5x0HF608GZtTN9jP9BXUkToigjdbp3qKEIwJUE1eMw8I7Kn2eztALmbTUfelvOdAZ0r3vxQPEtF5lGWrdNddPxZa46moxYlNoRTcpDYq97pTyOUSV9uRWR8MmAwlxlqP281MJdF1S4jyq5n4NfuNfCLCHgaggL8IgCPQdoPPMUz8K9ugP/XiV0Cn+4G8Ht7Ab+qD/AtMwBH0b2gjxVVTd6Ct5TtQDJqRMNhZgLf8Jf8Kcu1F3OCCZD2DtLPCX38N0Gajc5YEzWQNiuiBtJdUgPA2juCeJfWE2bt4Yr+CDyPzj6GNsEHU8h6gLFTHUdfXmFU2I2YVVZhzvmeG91aGNDEFL3mv9EbznnUgsnNt2XZH6DM8epoQcol6Lnc+uCOgr6YNGXjL0H5V6ejW7tvnOLCs6pwZKfCb8+yJSUDw0mZktuI0NZW+KZBT1juEKpQeryKJjaZIf2JC7KTDGWcQFaSEQwqIXEc9FsqAxtxKgbSBXxZr/ClcIABuZ4juYA5GB02CrRHWKuwL34vzIAhrfMWjoVq4+8PqgzCqGwIr9UfX6tMiZigDVv7D2m0Cvr7tnytjVcr+e96m9/DZs5FCA4f9L4gJiT2PQLMVhtsA6GuVaX8Ln85+KzsoRVTTf2NBMwPvX3/lEQAdZQlywSLKr8jzXL2Y+2geI2c3elMjOskjfZdiFdDTY48hy0vpA9AaUBguAMbiq2dlNZQnQGEO76EBMVcfp1zWoBo+YGpSdBoiTYd0uoCIRIV6Qj3bJpPWwhrbFUJu4Sdcyx/MsdRPJDg/FsQP1RPTXcaAwKoFVW+XMZQKrwI+rS8YBRRSP4bIzID+Sx0fjEq5C4B+xLD8Nat46o32cYsvZekmlPgeDikIWVVRIDzO8iKGZEWtwYatmVlSL2kE8N5I3oQCsvSQikeJRM2uZoiEtQWCnZchEpFi1QBtlhMvQhxahQgMzDOoGX0AzkaSNYVrhVwLauKyhxMnC+Vxxd4CFWPUMQCAevD2KMAHwBxlEKWDhHDw5fk2GWt3swzGKi3VkN8d98JJnSRIciubcw4CmLVXxDwr4yPSwWjW0CDUBAqb1CSzukhzVnjF7SxRJdMBzj8HPPmWOlSqj2/oCQQ0Q5mJuqRqHDwHIuNCohTWsAnRWAoER+AOVCoGFEdh+xIQUYMYfO7ebGISrqaq8GAGcqwL6MVVtFC0tYIp1yRdeJKrCvE7R0cJwi3qCZs2XS36KE8qnmMeVO2RmBEZ6cyhqISQAuJN5wI+IplKOmSIw2sLTKAkBC0NMAALYTk6K/I8y1f6E8cV+hyDNKiCslNEAOFAOpE3yKNMpASqmVosBicM5/lfNIeRfxqCAvpTCJR/7Ksk/RS2f2xbsn1jX6NQhc6J0r/BL26iLECjaCdgS6AzDa/PfURzF9qOMs6Bs67RSV9BNZkAHhPMivJMknWlmRQU9kPt8QSVhO/OaVvzy8HwPSKfL+G4xGW34bvJaMFVzJcDMBZ6COMCi5wkaS4R42iOBSBAE59TMEAnlDQpbUyaDGXA2EBgkDckOqo5UXG76zAmOigj0fRleCSxy4gn/Ot4/Gcjx5jLULEiZkfqHx4x4zmEcONC2QaM/IRt1c0+x0pI2XcIix2wV+cpxowouQ4IasH1xvrwfUaHlz8mFS+FJ4l3onH+7Z49vMD+VIMAmICRtovw5b5Tn536kWuh+EHHZigRbQAOt8kGvI1B0s7cdAdK5OD9Lj0t5QkpXObipR71FsAjQb7lMAR8quYWgw6izGBSEaZP9EPdfuOoPaxonMnFh50Qg8POkKyldD3QVVwl2EAIZY6JalJzQmpWS94BWwMMYhhNvxxH/yxT/YGYsTyJY8hgpz+TW+qtmIo82Cp7qNWZe/VuucegRx5BMUri50Xl3wG2Krs9vwKgZv4iAhy897LDlps1IlKh7yXYoSzCns61jHbZZyEGzYxc0ChltdF44WWm4nRu2vLDXYCczgj8CjaT+moh7+YcF9VBAro6qqAkTo7sBR5nWE5kI0bM2HrpjaLj7hmlT4WRQaURuWU2rKoHADa8cIwUwflgBSggMNIANbevXVc6vNmpFwioNYKHd8wOl1Xb81lDUoOPH8TXrGyMGEeHzURQPR0xx2HM3Sj4bDjB+Uu9oJjB61X3Q+ffcfXbn/2maueVCQTQvBY9fYYFQA1X+ljvpCyiRSl+RWFqLTqhsp8tJyrmQclYQcls9jgOwIrBR4gLJPuShHvihZiLPTgY2YhKREptZOD8IlgCirvhiT5UtBDPflamXyRgaU6gDsDGCs7WsiKLwfpVZ2o6TNpzaaqNaAsEZRtgqCsFkeM9N+AkeWB61keOCwPomp5EHkLpFHKGjoH6BqaPZYKbAisMOX+ACtRFqYSFlegbzGd0ZYJU7gqTQnUyyXpjgOw6NmpAMtJ3eEwHH6o8httdjCCv5ggmG1ldt8U3hS+lCDqT7SZABsXqQQX15WVN6b1rYWdppruUDBiK8o6jmUelmUemuQdrqu9hbyDsuE22TsOVXJVzL2bjrSyrtbjZnzu0zUi4ZvaRjw3trWct2Ud3hFKZeYtFHCdpc1Is4GQDRBMw4qhOINF0dsgcAbG8RCmoAay5oGjB3EgTpS5/uRJaiCsiLAazWkXbPmaWjnm3YqwfsPJkyctF+foPRTD7Mkul50TdJ/QQyCntxPzQhVylQbbMtzpiep6ov56oO+ApKA7l5WTQg3jnvKqjLBW8sp7zq54pRRXgW9ngJ8Rfqs4MzOOz2dZdB3LxixmwxzHu3VBlUU6OZHWnOcoYF203mTYkDcqVesAVjxGjDlbpt06oWhZnhUG1dNRt8Wn4lUsiua1ui41nEwojqLydpCGBTn+WJxtq/oxlBTVZac35/gyAlO5onlxBHVDjLNSPc7JFTfYGHm0ZDsRHMfL2yHWocAyK5I1wRh6TjGOFvAlE9bLRYa8Y7mw3pevyvPY38U81if7lNpMY+0bZWHnZxr1IfCS/8rceqmemfsNc9yX2f1lmf+a+g5VM+t7V2991dUDCwfkUSsbIAB7Kja2AAoBUZdTNbxkhjJFGJe5DZ2Ji3saw1oHB53inoKZ1CRFLjSoaEMf7tArqK5Q7oRJzPO2Mq69OjzEcVXKw2jcIEAHi8QInb86PD1nGiNF9GZyWaFlf8gnPzRwvKqjqwP4f7GlICI8OnU3nuR/JK0CvjYzYDsCHAI6Ja7aghvRfJIhZvHYhuIU+CTzJD0zBM8sFxts4LN/r3Xvk2pCAt+mJJyOURzU0dkN+5hkneMLUrqilmmNzsdlr55/6xp/f7g3uJbN4wqEdQb6FWGnShi8p+nC0vAl1mnDa7HGt2E7KSEl5D5BLsjop+SCYT9PriX3BXJTchv1sBZBxs8CgFS+pqBAQ1B+UmgybmiyvS9IKOpPmc1KtQ86SPdecbtiI+GfBBcpZEHJjOT5rORXN8lB4jNTm7DB0MBsZ7MyXoeMbu6MQ8iokW+gP1/9aGOgw00WgA7DcmOb+dvHU9jwFp28mbm+h84UvchHePjv0B0L93s6mKMGB8r+5qCHdL6v3M0kiyHqXSIxOodsfv8BZrfq4qYa4eua8L0PBsYShpTMkWDuoFQHeYs+O3JwJizgHF/TIrr6ErmA9wZy6xXSFWWHBb2iYxkweDEfSHgRkfslPZrfr0FWsmGE7x1CahHg/ZLOv5dydBHBQEksB0ymIDx/RuPj9UoVyVL9KWmEXQaBx/fKjz8tyJ4t5JnYc6eQiCxVipxYeAClPAcpxbKxgQrPNNz0zUT48qanwJ2/BA7EFnyBz2t0h+iXbUe64NrRrlBm5kDZSYKxVYIDb/CMTv6D2s67YALtF6DBzAQnUEhH2KrCCmlYb5uypTQL0rAgDckMZwSEoXoJY1k+H860LpycqNeDvaxOvN6V1+1ZBxKEvQT4FvM20t9H1CLFEFE0MjONdSKJmNTijgO5eENXCgByIQ0AsiHPiEo07NCCgCVyk1moBKSDB0ykAZHczr5MVhVMP2Xm7Q0OQTd142gd6pQA9rWqga+Et1UGRVJRDYN0QSzoBhbFkn5WNr5EBRZ0DY3trKkvA8HJx0jRBikygZm/JIcervpDctqwk4UUZgR28sW7DLQo3j8VckTtf1u+o9uC5VJBWkno5kOaDD+X/gvYeLz4zxCj8jOR9yk9KhRdIRAELTnGa+4wydxBOrPmDm+pucNb5a0Iy8hAufl/aEh/FIQPKdbZKa5n/C1ysTmgPxXfW2G1iH1LMERHfGszRol0NUwt1hnyOkNaZoCOaFISoZJ+cNJC2FSN0Q50lYQiDTYO2JF9l0en3JQPuuS1i7qWD3iRZ3Fzsx1M2nBasGDHJI5g9g33z0CzJiBAB2JxJZI/yFvjEEPgOgtD59QYajFS0K2gCCpwhF6o7MPHn9b4WFbjYwT4MLvEh25iULKTgwogg1mJAm1z493cU67LqheDbS6+FFWzT6FquzcYMVkTAPgAFtfqG5SjnKfZStl+2Ls6sQwyn7wWsc9Za0nKo8flLqwsR/v1uUvzwBHMA/NmXvosynqWtmwlVlOzmv1pWu9P59LXRMNRRF9YEQk6ItHXlPGvX00R8W7VXaEmOlypu+ZCVIu8vPALamN1V1vrMGiszZ/UQJ8YCMjPxHaoPkqCs7B5njrnXOD0nDOUhyCa1pXHCGEcIRPOW5vTH01LRdzNKNn5GyXBYknwGiGaRaVttLSE8TXoOV5LaUDOixfZeZzBoSrr734itx1Cid6wHtES8Q2zag18hGRGA0p/AgnLu49npLgbtcsuh/yo6nTFvY6sHgBhPwLRw3ex9P4G/SClLhSeEY1gVPIRGND7ketYsAyk7uiqyD6SMFwizmxz3IUwfMFccY7GOiRKU1Jakgmmmlzfnp1LNmpNLsCgQD5pfq9mTmiwNQJypaA0/0U6q5ScT1/7S0HqMkn+rToikibKVkKh6oxCXcb+juPwjgKXmom/B2UvU2KrsDhHhoxgZsL8G3UKJxZHwe0c7JY4FlUDs2BnnK8u/uGyeCFrmBDxZRsSKSziQ97tqXjluFPSofCxjlQGgblkIJqk1uLOhOnBhUBYo8NKw1m87yRZVIP0UN3iSEAwPgbcdYr8m3UUVP4EizLs4iA2a4jOMMqqRYJXPMCCkgGmMOYijDJO8BpJsKg5IaY4jzVNc+QuY24YV7QVfAshg2JC0ZgyQRm7Q+oxWUU8ZRdxWj6lxU+aZxwoaX2dSNVFPlIVWUdKrzS5ggEd1X3gskwApI+ZHfHNuiNMH8H20aycg9iaF3ibLZJkzVMCqrEmRGxyqOL42QP7mYVy7ecOXYk9yK9ezEQcEdOBKqlJwM5WDme4sw+c/Trz4eSdfYU89pOO3V+k1QeICOtAlo0dTNWLoIxlpQAGp60sLxBx40sbSN8xpCeBTE+SrxVvNky8lei5fJ1nAR4Dkg9XLMSLQPKRFi/DCk8+2sXLefln/QFg49bPx+mQ9QeCzqzfFyze+v0xD1u/H5YQ1u8DY3zW5zBFZtHY1Fs0tuUtGtuWkvNiAE8GWt/GMsT6Fh4TtNj3/KnYR8rgLOrEbLG3k0guXwxiKW9hafAkcmJsY6zP8OKnhT2ueXCWdIbgvLEzLLkWFwfxit96WjFMwx2ijQHceWwG0mK9BCtlvGB1bHCJhubCcO6p95+ajPoFYdODWy6gefDBFAXSg8+wfyneK9j+peGD5JeH7fdtuUqP+ZeFK6df/Lob68twTJNBDt0j3w7PfPKer0Z4Pnn75PYv2D3WkIZ/veuszdGYb4Udv9nw03iPNSRhw3VnXqDxosLOSx++3YztqYYs3P3ClVsimCy87fRtHzeje6phOJz8oVN+nYz5g8LzN/36wmSPbZgXzvjwOc/ZMT8Uvv/s2R/fXRssTGiyVvXHyG3hnTFYKSngrqeQdv4ARWK7J+Ryge7EAha+Nunwm6enTtZj+PiQLpJw++fO2673AgVfuvuqjxmgYNvNU79Vu0EB0TTb0s34wDwVcGjACNl+SncGG3C2kH7dqd/4phvFx+d0MS/87Huf+pnZI77i8INzn7g+QRfu+OZdj0e7AQd2YQ7CSXgJyJ8KHH/ZC8bfhvOfu+G2iJHy98VQuOz+qdvisT0DceP6D5zixgiIG6547qXdkfYAYQJmbLISiH8WIFZ1kgaIk8KN9z/8DQMg8MxnOHPnS/fZvQDiyW986uMaNgi/vu2zb94NImDZeB7QUcKwvuyRSd0LxbQON9z146cN98gZ6JFTLtxx6970yPkfeOiSCHC8uP3KH7rdAAKthCGgpKHUuKTUpI9Sb75wy9XUx0KpQ+FbT3x2S7wXgLzwmet/HI8RIN/4yfPPJGO7o9Rd0mjSR6PXXn3R7aAOptHB8OBl65+K9qJn7t/xlXssADnnh1//iR3bPY3Om4tGk14a3fHcB79oShol6/eXX/Oc2Qsgnr7j0o1MHi9c8PkH1R5odGiPNDr9vfuf0aNCo0PhopPP/7Leiy659td3fdoCiC/99OM3mT0Q6eDeEOkXvvXIL1xJpOHqS56+z+4FGM89eOOdMcD46gXP7Yj2QKLz+kl0YE5m+rNtF95bkWj46Sm3fWrPvH4g/OqFRy9JxgieH5/9wPf3RKBD/QSalgTa6iPQCz9z2/0VgdIroZO/2TP3SsNZZ930JYtp89QbLpnu417FK3oAKTxA0TT/yyO6f+hzPD1hoaWyD94SsrDhTu/P7AffiN9/lNZpr9js9x2l1Zvf7A/E+0IUc4KfjxeHLJSGDhjtHFDelM2xcVZYIQ2TM58v72IRlZOzn1jX3F8O7g9gCQXWWVhF3sECip1aW1a1rDbpcnoVhYPWwAbJmpX0a1evHB0VvYY4DK2BCQIKj8MAhRcxV4H8wKZGogSZE86cNJlVESFzxJkjyRwJYJaVIOTVRo3MmjPrMvOsSqUdGqWSYNggh+EchnP4WRXhNOo7WsdoKTfSSCMPRrL9OVlCv44qKw2SGaxTU4pY7hMCdIBbVrd2QKxeOgG5JTb0zcrlEH0tp3LCy9fQz74oMgysoTYUWmBu8UUy1v+IfLpyOQEbA4qYoYgBxWjB53WAFMVoLkajGM+iUq7FIafldrVEh/ijUfbP5e3oxgpjeOgLtNlp5fNDWy7VovEonHyixUERd+kCV97yS6ximSLUl02YpG0SYOZ9HaoweGG2aycpU3k0l51ijJXNiWibirUAkfKJEU2+xcNYQkHwoM/2cQq7UCjoPpz6CNdpHG57edthAVvE94hxeyTd3HF9QpJkcxHLZhGPZ1llYEkPBfybowchb8KjDb+1G7vrt5GtPovCUtYsgrolvzeNc7vpe0q1g7CefLjkkyCllMOAxN7l95fyq4Ra3GM2xLCmgrx/IbqWMT0AmNJlQt13O10xNYMwcIvKCRY6cuFHrxbUakYtKE5R3RRJTutgwn5BPfo4ldlIxJRsrdtzJv83ZfL/qE1zQB6ef/xu+WFarR5XlfdQyRN+TFEkc8LDyDuRdKcklYThafnCtTWI7eqLUfsopTLklR0qvx0CLAyqcMsPKVAfigQptSt/LKVhVxuqvkL3ntuLqWRL+j6jskPUcNp4IycBDdHzHEUkJo4tz6bgb1awIWYCEM4PBCwWHzTQl4h3GtxfvOfInCDTjewpLZ8yYF8pcwFtKpGS5+vXqi0QpFj4LqWm/Lm3ODb4MwoheqZtJN6H8OTEkPNZ6F9YuUfwImgG7/RosSctTUMKWEbGokMMI/NapLaLLK+WyHJB78ossu4xi4x9Jcbem+Z45WVn2sjxGtlcrwbFPaDRxtCoj3r6AtITMamMfoixk44Awd+K+Z1/ixi0ScxNw4j2tjPvQBFe3kKHDer2Uv2X5Kql+k9rk9R4oKSr0De61PMFMsn69n0J6wmDLVVPI/gk/wqBLu+CRN7KAzcRBPQ95iRfvwsrzk/1WHHusd0M0sQLBEFsQP+T1v1KhaKqJ3h4lruqOUAUbbwUinEqbJD24JBil/p6VaObC4C/r3VPT4ECdK+haHy5ig4M9wdabcobF/CgGtBEo4BjpOhjqGjo9SIYTGadN1GgZsN+vEbftSF4qg/dGxvyGjbkhaosYH1/aew/6gGSkM7jjyvAtAgAUXH9xGJIKQfqmlGBLc2TGPoJ30LSWTV6Q1nRhLcCO43BMAC9UMw+DMvXfswwZCD9Z4PsfHCjKrNU7/uvLMCWiBV20zfCkLou97C6XBlgwADKJB8sUNhcOgsIyZ9P6wMlciX/m/u6XToW9aM/q45NZ3ZpPZ1Tn9wWm1TuAnkZrDq8lhnurUW7ub/VAcNp0+HN5tGOZQWYdfT5xuku7lq2YeEyG4H6OPot6+K08Ncpm7CF+ZvoDWphV8F52dqN46LFP8xS7oz0HT7wmacuf1T/HqZq+lbdD1Q2dUTHt5yns+7qiXGCSL2zk/j25raNKrtNGVXRgeoepocKgvXyl07iMgBlYnBeq15GmaVyBq6TIXBh1hmo89313devl4ZTy/JfpRCq0NclDOR7ing0DI1WuQfNBIHX5kwTdFEDaODS0+4VD92xYePUGZsWg5qlbBSGWOjVCm6aVOMZpEByX4BMHtFZZ45dBamUkDPYk+4QpcI+eIMYV5CRPpY37FyIxMgwZhTejIXX0bEdykRnYjmIPMeDLTrvyIZAYVfKTdDWcVQK1IwW/X3Yd3WRcvXaU8Gg5kcVovEg6cTf06cmrdv7dpDF4tdrtZSv5D/+HRUe/wHr+L59AYLiYEblmoqDf+wYZnwajXY8zeOLbRaP4hCCYmM0SC4aOU682DuYxawaAbV6XnQhksuqkwcL6JKxIkUcpaO8qeT1brTGAQAqLddxulQuNjWplKTSGWqHfgtNgDu4hZaqyIT3VaqbegwjKZIB+CVt3ITrseGGR7MuN4TosPAfCZtuVYFX3r9/eBF1sf1Iw8K/H2OV6S3fPbxwQuQxKASPwFMyQ8lcYwcYK8GJwsKfjheizV7YrsKAsV095Q2NyknMvvggsCb4W+aOUkOYIPo0QaRo3xJeJMrWy+md2e2kyL6ayGjrWpzgxtKam0R/snvzM9e9cYLuBXefvpIGwoSHAn/3hUUT3X1pyNPAepqMl3zoJVtGPKkmugPT3bPX37L+6Q13JBu7v9BlzJIpr2WpvGhqEt71L1L0MEJh6oRKSacmEZFOlwHkH56WdAgnEJDdU1HTk5OTheYmhW0AUk919eT7N49Rs3A17VkrDwrhVqNcmNhMl05hl/eUT+z795242jM4mDvAo0HEH8bCfjQS6GZ9/ktc7HGwQGDgYBlhw4Xbn03+nn9HQ74aN7SikIxuncp/k7Juq2RodQ+d4jzdeJogbKz/Op7GStsNW6epa/U0XelqEhi+Jv9egkbT5a4VcmdhEX58oXvOxce9pm6nTQmihvGTE1NDSIrRwzYgk62+RQCMs75x08jZ7WvtZfsk9UBf40wDOyDv6o2+VbZuHGsBtEauD70XrYlhdYNhCoxVKlWum/2mbtpa30LTRPWN/2AjgJWswbt411/OnkLN0ZGHqkHv5Bqi3JCptZzZrLruQT6+jXwrxl2hGQS+L5JKWMrgboUNgEph+b+I+/tDZnEGR5BbuKe+YPwPoMU6FxvHcbCmt+29L1fbkj2PFWe6c733fn+uZSAKtrmhSB1JxeMt76ZHO4CMMnbaNs8fiUT5CAIgJSDrui57GUQJHu/eFhUEEP/462+EnQhidOdEd44H18AIW36KMnTZ78MMxRxUEGgqrESJE+tQMNW2QdoaWZunvi1rFUjWiz1j52ZH0EyCIRXh0Lc1Vl32o9PhAvi9qJ2AAlYnImx+BUKlSC+OujfF1KIX1ggw1TGgp0ucKiN+yDhio7tAo+65TTGfoRFeK6nMVDzszj3ssud9ABdEuQgoFC36SHSvCOXZAbz50ram8jxK4s8y4NcVPgH7IxY3NggQcgYuqYBbsDuYpYxXFYruqthgNS+6y5urq68RrrswLoru3Jj8VdS2Qu0LrXwouuxqEQPFw+5aMUOo0HmaXCtsE5Q1B2OnpiqOu4uFiu8rxQcVTnh4pUDnrGPi5WIWQkOjy0VjtabB9QL3yTAjkRdjrh8XjMk5+3u2MNrGi3ioG42e7GTQtPywy859QFaDWYQZx7KkAHTZcyoImIIyAzFRzjPpFY52764YDi+AGE+zCmdHmmZvnJylIljRFYOYYyr4eLjYQvZto4xBzscZTaRWaIIgAE9oab3VtBjHNNZoWLd7gddnShKNtJT+jbPsGidASmzIhkEU5dXB+Dm6JPsMyy4Tuvf7XGis96rUSOmu9NLpiWJ3rNELUhStceit3scqcfkIQUX+Zabq92UNJr27Z+mVKCrlJbgKjyk+R/wY4BRZJzil2OlamZiZ0uq2NkS+LOYqzGjwggMzxRSuPtPz3puJNyGgGFomaTTTqPhcZHJYv5Fad3XAvpI8ford4BwsWIJTrL8uD+bszXiUeM4JaTCNngFRtzqoRh8Qno3RhIW2UCXK0FiKpdLhpjKP4zwDn1xmoMaYJQ7JBCSFi+l1JZ4BHn1I3JUk5Hi3HkpNmvioITux4h2d36Hnayv5NLetrlhhzMjM6l4WErQWUxuIfpBNzL0KhvfPw+fwEcigaWqwJx3KknqNTPpEmYDOgBbx0JMtPMcqZgvIGRtIga6i8Gs76SiA51yl9SegNFbMen/FYtlbzAkWcZJUd0Vs/Prvf/8zXRKbcX6en9cqnABFYEDjC9cF08/Fx3W6LT7vzn359dBf2GEa3yrpKkATsp8sfQNrWFDI9pG00Cwd0v6KSEet6oMTP5dio7u72d/JTGXU/qpixdoaXByB9g0v/TyJL59hiu4NziZlAmN0b4zFkSi7vfhZVCH55YqIXvHZpVG8zT6KXwqQAZ2PB44PiLQmOKuXWNl1EAEfpbS/scwoXOuDLO48uL917+7oLo4msH3n9ta97dvlpAQ5ul3de3DvbnUPb8Ot+3e3Cq1KB25RgNZWFt7JQlLQUabvSBkcYlFDUyCZsBjSAtI6jHIODyjpn+bm1nB7eziKLDRTZbCYokEHerdpXWM9FhVyku36djJRj1awPIW3hsIgOPRhuJZ9TOqwssan3prCB6fkd1rgEI+dXtRIIar8Wixm49ZiWbxDybRaztYJqAKuB85gKBpwPsHRi5KCo3NzNNwaju7cjkL7oFsszpZh7nKIG5Bnymt8pCToopxJWzfDJ3dc1uP14GhHga/ur7En09ZfQ6qGMFtbsiozfVI+NLCvphDwa2wpZtJKGpSLXf5aryUIrVF8aRWNUybwh/KJ7ZhWOe02ZQu++U276pRIOsuf1VocxtculytrOwHfEcuHKkIpy0jfyIlny0f+Oq9rW60ntRzMd/dRrg9w7WC+Qbk7cbbe5U/KrkEfsPoaJ12CnJ0p6BAem1lU2Pii0nVcnOM3HKX49bQYXWUqZab+5hx8zVy2mRkqWEjg95fJJent3SzbyQQdYY62hreX2VchiNr6wH92GvdR++wNEA7/1yIRS1vFyuVQ6HKqVrLn+8r6OOv64Djt6jHKG6sFpwY3pVGYgXks8wys9p3ODx7zXgARP7gDUaKE1qPIu+s5Q03VPpqse7ovwiYqeC4MU++pzmjINZKxorsUC5bs9ZVfXocTgqtYuJfgH/4ffXn4e4t1ExYD8XD4UFhHL3o33AoYCxW4zOQ2gDIMwE762BM3zLJzefd23hulEUiIMnBPBEtqHvWkr/54VcLgV20dZs/F32mQgevNmvsL7+8IEAbZd1M0/Ccff/Y5mw7L5exF6GuMpf/7V08pOA4quPuHkY8gbJiYw2J8UMqzjKpS30tFmRRB0n9vxYfcuGBrBYiGgxN39bHwO4elxxn9tuxNTkBpXSX20XlFQnz2RCo4to/vfe5swMONDzgoyboKapgSYH4kwJUi/NA3ZnzE3dpZYnChbCw7XGs750JOzpBjtVQvZ8/ucAdRLGwrauS8PfejYyn7zlKpM4iQ3w+LBn+4ky5prqlG1DgbDofZq5XiM8phUgFrLzbSq8+GG9EqCg/ozexNY8l6OeNdNejCQmzQawaNp3NwPt/M3uHoN411XMHv4WLO7jwi85G0zSLda/FKHwtvWydRxFnf0NjovrcpKo4Wm19DoFUr9EEZCBybI8LnNg9y6QXRzNhVqfeaejHnk0B3Y6m9wO2SCfe0DtkvKePRRfDUd9lQnlJ3U/gZF9mcKt//Aa8YGazxgsPa7oNeln9lRX5FnHy5YX1qLjBhqQXAk2f7CyJ2MclZdHSviY1Ye4+jyOVfsOoGm859JyLSrZc6T0ngvcM8L1FbM405xjSQkvYaCPRGHhOCGbxClp+sspS4x3U+YX5/PfRWp6zm48fqS5vIzqVnBooBbQ176D7PY4s1H3+eT5QO6HiEpq3z8b/yVH3mg1y2Ptg6/8+Xg1zxmWKhdBvl47zGSgEJcWbTNP1o5yTK21iGu0NCoy1+8Gh7K+LR9uomsFitzO9jGuXj0TG0XvBP7o+t1izOAoyaJAjQMIMhHWfm8sKju+MHJPBgPLrLq49HUYzSw4Wj9t0nFvFSnCI3lcxkyq9+8XcS4MucJgU0qtgfFb0grYqNXrBCCRqMjLYVsnV8pH96QPrPIG+NYqdJvm2Cz+NibZixYuqME5MOLAHGDxzNPqfpl+yBEjzP+wb3chiHoDhMoDV/VBgsvra3tgZ5bFaworEGGUeyLdGH0pqJcjXxuHVGCHyynV34v6JvNdk5Ae1x8NgHf/7HCT7grPXF5/z6PzdX1pw4koT/ygY7TxvQzek+3jCoe1mDITh6TkIhG9nW2EgsEm57NvzfNzOLNIVThVQy03O82KhUmVWVWceXR6m3eHqr2CuJ+B4aIdB4st4AH/Iho2BWPsEY0oMf3kNfcNDAs9370us6Q7c96rlnzo/AZek9jEEwYx/07MdalUH7B3fsTMc9Z0KN0ck1DZY+HNIDveK0N3CGs6k7mODoadmrwS+Ukqikg09zHGoce9fqBf8ub+uU5kwfw3vmUOqdT2afPvU6Ped86nbGTrc3xR4FV6SHRLYRILmJ7HTWhZnmOj90HKfrdGk+PjfVnk3/7X5q9/rwIrsFrTaz4R5/afd7XXcw7Dr9bEb79dNZjdo/9oftHL0SFHvsxu2p4/Z7g9401wj16sQoWymkOVxD8KMJ66NZrZeb9TqolhsSesf2bjxqMAjJHXhJARpexPOnudZyZ3g+xUbHzn+cDvZLtJq3NVyVwSXuBbiL07YWwkPsXfkJlobx1Vd89sM4SAD3UkeAeouMaB9Vmwpu8Lh54xrW940SlgGgjRKw2mn3wpZ4ryDWCyjVuJR6u/qVM1qz3yl42VvAbobbfoCoaru9qA0QBoq7M6xS4DPy14MgLH08qarnCeAQbDJYYYOJl2ziUwT50P1q833r3QmU0pmmSokTFzEvLKOm46w9m/crfccGPXqARdpKH7snECWBMComKiyiE5WK1K85ckLoxpu+JlEUELxXW+P2Jc1TdWpi4wqD4zuEjqUyzRJqCE84apvO3Le/rnw85tTDKtz9/upfrIDptmckeRZEUL+nf+FqQ89bvBj4VGuxUXMKf38HYwAZ/XMbclWHI/BUqGAAnFNqbSEDw4KUGqpcO+dFDf1cx+OQdvIAVhaPHOch95TFAvQqkIasb4MQdU2zGp5x0O59o9i4EbP82cZzd0iHx9cPTXnjwLAuHMk9VemkjLCNHnTURjFP0+C5qTxDTw7OXy9GI2JMcE/2FyWMTI45zTO0Loa8LS7rXbVVf8LT+ehiELP+2w8PCmAo4RZp0hNS4rhwmnXUCbs1D4IlAvXqM1M8d8BvpLio9BHo1bxMaBZptkFc2uO9FYLCRrWKmNgH18IjP4P2wX6K1qNLqFlr4TMmfOxeYxIRPtXqSF0lKSBAFmdNFjbWDh0bHAqAFhSv3gMLfl7G1/jENedqGtORocDFc83N+g5E/6KQNDCTb0BLc3UQ+xr4Ugcz9gx9CaSRTvu84/SBTiF+iLpDdzrDwajvAOyBcnBRXELnoBRBKBVRdB7rjcbDz2NnMoEymEVYTVlxk9kpoDmiZytBwQp0O0FPdkyZ15zUgQgEJg6q6f1Jk/SExfdBTFO+xtDCVmU88DTNZdgKfzohPjFswobRuYv/wfmkMBxpvqxDvR8qA++hwmsQKm0TprSF+aQbh8OJFOc2TJH4b/9H8ESuAZyvdrC9VH94QPkexbqa74QCHcNdCkRrNLnsO6LTZ7cmLTP7gescsluUFpddgxoDMUI0BV40p6amOzs/Ox9+f57HXOw6g9EQLKrOjy6YVp/6vc4UmtFaAZ/2BWKYYpNILE5umHVW3DC00DcbwwV7aWhJ38l1Wt0gUT9xSIHaS9FX29E8SdqGAJbGTRTdwqGBuwG7m/CRNpckSO585XjBs2VAFuYT7AOLKNEcjderpMdwNIxoM9JBRYi92Ic4mcAECNAzHiSPukMPnPclZWnBM2gquL4h3pRzuCGEonsJz9AriX+aZ2qCBb+pzTt8HJJSuCp67CLlSUSSjw342/hYp79NpMcS+IsOxRaUsOuRHZH1GvyDFgjisM/zQ1n3gL4THtC5BF9mGH0HJA2JFAmBu4AG0vA9WaT9ICYOlH3o7sS+D+z5PcDnJNZeX0QRhLZCrCBIeRxPKf2lpvM5lbmXwlQRQ8Haott+fPMo5eKH6KV0Vxfr1MHwe+V4cSkY5BuqWohYGRtiiHkmuwptuGsfB5TekfhxucSUN9fYToJR18QFsPyonNg6yq5JlA0lEVSOrh/zqNXGtx/7/gLhT523BH3V6ZN+52lxNUHjUjLUIpCbWcvbLILnWnNhtWrtpJperog40Arn9U77Ae8Wjd1+MNeNMmXvbGXfKu8U0UxTBIMq1fPsmZi9VDSjvi7XTfaUlNLMXgJSm1Y0pNtsGsO+qcmeTwSDzcpBG11D5TR7FJR/ofRz70eNmslSd80BKjkr0ImKm917q70lW1+GQ/BdvbqiMN17+t+8LVmcOzjsT2tv6dOEuxLj301bpNQGV7pCKqGp/eoomASNwIxjTZ/IundK5y4Wtur8mOeW9QB4Vh5/EA2LQaQFE7EAnCO/8VTnsOIpJi+v/2GMLq6CNwq55Y8t7uFK9GYTuHQDRJf8Uw/5YZMKS0K4rzucuqftiePOxmj4QLd25RwNNIfv3qJ0sZlL4T/hGhp4X/gJmNCa86R4ZE9vHkG5MAZcNgYsAnmCISoRHRyXpEWXqtgEziRHmpJsn1lH9MR4YVYFC3cbhEWS/ZJdj7PDUzTpDgemsG546oULrV+s+OgWHqtlmJ5zi2AUl3A4igpeG46SMR61vAzBmqu7zUPlNgrxpoTu7jX6UGnx63CgstzEweUhVzEdzV99sITSTgc6554430NDjgJbhADeNktU5F16jeV9KuYM/WsPQ5Vu4l3HGehXwsTk8c43v8kcFxqoBgb3EWxwLshxsZ8Cc4UGJOkLmK8XIWwXLu35ay8IzU09mR3fpAJS2iqpkAYr9T2NwUZLwFewZrsZrXphOIuzQMwSvcEKbkn2rcojywph2kWKeCQpA1lHtzSSIPTtFsoNbPubqFLdk3hGjEInq4AACpHW3zRs6Varxwqc3LFvR0i2P7RXQ6xXlJTSWL31ohj9SUGyyjLC462yvUBWhEvjTfU4XN42zzRKMampXuMwB5Z/cRZCD0X4RA0ci70UkJCHYE9ZbAaRf6Zyst2mkqjSWOTbpYgwa4vKDaS5Y+qQ1jtGfq8/b/cQOhTrl7Tw0htCq9d7UEBDLPU0kymIXR0taEYTh3zvHiHNNHYxuLQEl+taVNmXhaxfFo1g19OQT+wnCUxQ2cuLIEEApR39DQz2limUWK7V3+O/euukSrCS/ZQaUFiuGiWMFN9jBOxSQQZ109p9wbh2QryIsWqk2awhWwkaaGBZWIsFiO80f3KjBZwF0BHCy/Leahypr3uuPNmA0VfARq9UJIoqGy2FXhhVLjz451Xqdoe+RsrIpzA9DOhVxAWaX29CuIRRAWxaab5p2e2n7FjFm0HYfGHqVmHq3PCW69flPmlwVjWVk0r3WSHyPdiXypUXJ9+iQ+aOgJW5RFXaTQOdkmZRQfIWzIQ7wOqW5NEaF09EXg3PDlQxMUiwIAN0p76pWaiO/K9AKV6whzLtne4AFCoXvj/NRiSGmmda6F6M4nVyQPVZyWFeFlGVwz7KA4bl/Olwx143NI7iHkvLtlqUmpOdKzjCr14IgOkdgUeL1SdIcR1Zk9ffaKCaumTdeWTB+LI4B3ouyOI3e9lxfiFdQMmfJljT0wTpWeQJVrU8QXzSEwU/4GOVIzbH43ui+L5MeCMXpH2y2y41i2pnpCnqDnXy7dMb91D2IVWjwrf/KinNtOkFlrlbjz3mJnKRlqfI5Col0ZYLL/zrNXRPcxITy+fyOUU9ScoyWU/VlRl7nH2npeFdBWEQ31AZZ+vRhusCNd7A1LLwynqi3kf9gYBeKIoNaXu8ADhxb+tPxgL6YUzME6onzqlJeZw7JKVhDPTIBCKtyxxCcjcZ+UMY9YkSyhx6iDhxSB1e5IrMDqwKs6d4WoZ0XR/wUKvZ6rJ5aOHeFhHZ7PwKlAclWtnLQ48wi/SCbyatorJARLkJF9J0TRcTXnGmeWNyUfAgOJj7fFDSD2HUYvW8gVybADQ9j0VuwMcap5BQ8ginmtXzJJmVVara/NvlWBl8By08xyzSgPIpis5JFxyN7p0HPwjCxan6ssjdQYll5e6wfIun8BRPz/kgRY4j1IewD9PKBjnBdrUMA1c3W1h7douujImhbux768sb+d6gj98vmUPsATY3uvEf5B7EfHW7wte5DTe88fTT7nXPJt3S75CG8RC9NgujZ868+GEoEy+o+HDeBbFGDNSBEpF6IZBiqayRDOLrI2RfyE4wy4yLANBgxoVduzaYw5fesN+e9oaY134++fS923WmzBKf4d+EL+t2Iro1m1LU9RPK3oZXPQR3dHZlVRoS8jhQa7SOboKLAB5evMt9b1qkwWdkv5f3i3nV5JH9zyKtgwTdrDbS0vFTLkzfB9Ed1Mp3IRrX19884YQOkH22VesbxhZJK+IgY+ye5p9AHhlOYsFGeHbEIQhvn/0V2tVT9VsrhOb9B1ETC19WnRuRhTnVoqaPKx8CEfcK5q+BCy0BFwSM0nqLr6EXLj3GetSqXC835yZ4V6tm4zspu+zLwFKoNgkzCPx5tliiP4G6RY5uUYUAfU7MXM8Wqvkyyy3OoFvrFF5zro1fcHVzekellk9pbNQCaT4jgDMNXvo3X2W2aerKjztz9hjf2nb2+CA5ewM1CZboZOESTAt/TRupLH5R3bCV5voaQvKAk+nDRcZ85Ekkc0yCxa/RZh36j/YzWsR0j70RCVLNKXDcU0Co++UJKA6/gi4w5q8ABWGMefYVhczzwi70bg0vylZKNG4ezQIj5SFapCJYTmAtHF79UwXnq39ceF52Bf03f4ZMgUq1sJ4p8F50o4w3YXQAvaok8cFrcsSR9kg54Obk7uzsIgrwVhq2CMUYXUZlT6lJ2U3zPR8xC0T0Uv84Cn8WUmBXdi1BbQ5Tz40fSFECKB6fbOzHJxsc9zzyh1ca5niqFddWOleSts61pXPlZ7MUTrKjtK//LImqNwU3hvYljf9uoItIyy6/0nfbX0/6980i9WFE7AX7s7isNM/07WEVfIOdlK6uVCcODOHcGdN7lz9bIsvQdzVof3bcLnwKAu8acbm8hMQ1p8Oh22+PPzvpddKcV0afFtMjZ/J+Sp5arf5w3M6sNBoPB6OprJLPlSclKbx7FoT0ARB3dt7+AkJtn/ZRZLPRZDp22gPXGY+HY/ZKSnLhv0ytAqPtOJNJ7/wzf2PToGUlFqW84flnKZ9D/klD23REKMPYebiEwxJrSr7Cu5rOzk60M5hQo9Hw/8SdA3QkTReG73urWjOTpLP2zjr2mp9te22Fv23btm3btm3bfKun8k2f+s2vz3lOzVOtSbOmu3LvpbSbzrzo0gtO+Wu7/A7hk/Dms++/3VuiEVfqXEaK9x/5lJ79Hhq3GmaOKJYVTlqEIJz0S/snnqwG/Ruaz1dLIZX++tPv5qPWZtTJZiDKk34XFkvwy/SLDGNKhd/g73ew8L0n/sl+FL4PRrM3xj/diaJ5V20GO5quasaYvWn6l9T4bY7v+RciILlr99+PgvR347M2g5aO/PPBXIPH525O2t95QfTvdN4It8zNE4fdOvhOafkdROSLc3Opsfwuyz2zRC7oySWmX8ZyZKXIvS7OJaLfn+VHlok8tj2XefRLSUSKZFcXjN9cP4esJu7L72VCCZf9icHNXRD44aEiZUBz2o9AirII8yXNZb+atJNdx9x7wmb968hZ0vRXkWWkHHubQf59ZsHmdHcnc8nJsX1MH9VIIsW3b4fGThx3beJD4xfxWGbQr9OKuF8ub86xkz5J4AQD59QZbZyvKQ4eOukiyV/KtnYj44HPw+fzZ+4+wWPnVu6HAl81jPNkrPtw+81Mc3v9lcynHmgkbmMLvFjT5HEX06TObo273Mnj8haMcVXcBVIjlqzy23aNnPLkb79Fqj8xoHWQTmI9XcTtda5nZyN49KZN7Lc+tutkR+fORqD/+k6GTd/Z+CsY4P0QV3rbfTcVWvez+hSdzbF8GSmyqJrLChF5LkSWsmwhbaTqv+Us0kpaPO0k93U1X2Z++tyXM8i9H57LI8jTyYvI68iHyBfId8mvSPoI7k2ymgyRHeQccjnZS04QiEgZ8WVKKiQpfc5I7Mqg7qGPz+Wx5OnkeeRl5A1kzuNyWUTeyc8ffWwuH2RZ8fNa4upePZbL556bSzK9vtI6EvJHThNxGW1kenmHWPejN71BuvJcLhZuYxKR7tKe7yG9pE9Oefz3ued/3g5aP9nlc1FMuGOGZ4DLt+AOf3dgN9ICsOXrHrHt5X73gfaLtBHupJl0/2N79DZu1vEJ9wuXeRSK1HkiQ1kuZ4vIg7Sx1y7ku7fLmDm2uzWXhfT7kox8Ic1lI8vLvZ/F8UMsN5DVJb+R9JV8F2kp+T6yoeRbyZqSn06WlPzcwC8O/MrA10CkGnh7yX9DqoGXxz+AzCf3b8uL7f5I0lLyRwX+2MCfGPiTAr8XWVXye5Pukt83mP5+gT8g8AcFvoMsLPmppF7yC0l7yS8K/OLALwn80sAvC/zywK8I/JrArw38usCvD/yGwG8M/KbAdwa+N/B9ge8P/EDgBwM/FPjhwI8EfiLwk4GPBj4W+HjgE4FPBj7lnStKpBeAQoGzqwOzc+xLNFaFXYElC6+rbsoyzLPIYBB1m81Z1zzU1wOwqYVJKroYm2hqU05S0QVQ3QirVtUYLFGDqvMIajFL58RwUys4dWIqugSbAdQ4ZwcMuFQTGdhEq8VSVVnhfZFu1OZaFuNsWKgBUlwCTWrpbmhWTc7RhXDD+lZE0KiKlRn2W8RQ1flqTW5boBqjDWLELjKLdYnuUCQptJqh1wCTuhxTxmqG2HxO1X3bBBw0jSuKgT6tzbIDFWtWZzWtW403oPga0YZU9dEGLUjc6oy+c4fgbcvEPAA76xIfUrGo1PViFRhYzNcIj9IFM1qwOp1fBXrMANSqKlbitJil1pCiH8OAUY0U6NIUP4TCQiB5nosKvopHRGKgke0wFs9QsadEohfEZ1YH7e2wrq0TqhUzaFUTbDUrI6TbUNORDEit4iajNobiCTDpbLd1/Z5oTUx0GjQGFDDWAK16Raos5+KS6XqFfg+cn+VCNxbQw8VW2gewHpFk0F+gYi0ebJUV9UpHXOy9WE1fC/SdgAHekyAGLp2jCRR629iAZQKcrfwE0aqORJGZC0HcJjVjJNqcCLbbS1BVUenTuRKZOE01WWIfbmS9HUrRijkR2iRBe7HUaC+ezHm2WrF/1J+5xWsESY4lsvPOP5b67er121U6OiofqOTFNfCHZDMpe3vJv0c2kc6JEzft5WM8Zt31AVaYinjvoVvXe3v9h2NsvbEZ5RNQ+UTFQ66pN7yOlXuOTrpW4sOyxl3/YWjcP+uuUV668w+QQTJEfl7N5SKWB2KR2SV/ROCPDHwiEukIfAbL6xhw9obppuJFxW+ssKlY3+lu/L6piFt4kFM++kc2fob17w4mGKwb5JQH/4mzvqq1t9LY3k8mGZn2u5MlRGLAwGqUJJqmmVaiqrbaHO06I5q5aBZm61yd37IoWpwuxUoctkf0uL7IvERfrx/Sj+jHa5/IPqmf0s/iy9FX9Jv4lv22/pmpYwCMI2vvzNPM28FOulkzNopgNzpERVDFKs82325SG79q27Z9SHp2cbaN/SfHjufZ+PiZ7wv4A/8T+pmTEoNFVdWzlixZ+ui0ef9esePAxO2YiDmFRSO/7rkIzbac3JF1T27YsvXwgMtRk6bMXAJlRYtKzu4fKC2rHFhVPWbs1OkzZu05fvLUmadeat6z1+kiAjWarTn5gXXrX3lVzJ09Zx2hwaJxN8+aq93ZdvSzzxtH7T/wzS+RYcMXLMzITEwasXjZ8pWr1q7bfODQKWyUot2B4tLaNWuffmYZsTti4ouKL73/yeeR02egLzY+IalfXqBi4OCaYSNG1jc2t7aPHjvu1nsfevzJqas2bN12rGfL1jvuPPvmW/NaYx5FAKaDcYDLzGBhN8hWXTBO9KBUdCNUUtgGHAfjYJLQ31gF+kuhXNFCBVuwNB+MFsQsC/IDJ3Im5MFBKBNSIpISXyKUxBwQQA4CJVJTmdtP7kcyBIoTgFvgWc9QExZEf4aQYnEkuMxWsUqP7EbZTiiuEBLF+43XF6XgIKK4FnPIBJCxQeDdozwVAmVrWmNKjRTLfQKYYrMrDVrZ/oIxw6QKkZaVOiuEYXIloSOF+hiF4jLqBuWVuUDRI87Xw06DlH1nJ0HgHsGpfeXOhePuN7JTUwePlruyTBY6ayEKly/YH5h4JpxPUmAzTqBlNAn1CW0LsDNNqH/aIJhPtBJkJOKil5J9Hfcu/zXUT+XcWIFCaPoUeCuSgUhMs9rZryC0C1tVTS0X7ytg39F7hbuiyx4xS2apTrSzSaFyMOF6NbqrxosxezEVFfm5u9KBA/KhEq8WQFyoJ4W9lAo5dixH4Nll9n3yYEgh36ndOLiQnSjAHByBnP35kJIGx0gjKduS55bToEh4BbMFna8CDciAvYYlyKkSzBMoThLSIK+IiaF6wQ2MIAg9kBL2cxcycAAhjHmCBSJq1GW0S3bZpEgqNIGoqD6ihbNCG2cHDtHJuXivxQdS+XRjBpcFs/m+3Hp+A9wo/MT/jH4DEXHzQw9Pm7Eiq65+2vTZrjcVddDgn3/JyCxubmm72jVj5py567cfOHj6zPkLb73zbsQAf+8SuYFgYeXAlq6ZuuWuAwfPXHi2+513DX93mGBvj2kdM7ZrzsLF55/tlrVk3aiyrqm1bczYGXPW6z5On7/0zrtfyFqprkSFde04dOToiy9/8WXnhGmr1hw5evps92uvV/z38DNnnu2urKqua2htmzJz1vY9e48eP3P2Zc1ibWr+7vvfIuz2u9+6pHjvuNPlbnv8iS1b37o05OAhi9XjLSuvqu7tNE88ufv0Cy++8cWX395z76z77k/IyFy7de/Rs90vX1pgKPnPf7NmeZ+NVFU3NhFBNSVmfvb5HXfmFhZfXzps/P3nzvdcfOXV93+LGHxtMeFLMHyj4IRYC21S2EbkIyEXsAsczIT9IQEcwUSjNWoUGUEAdFERCIAAHgAgQQSMmFOiURVxkjrCI5tUA28A6YCDGlalAHTHt/luh7fEs3MovA04cPhX0EAsok3sbXK3YIoduIGkojKaBiXIgWxjGnRgI2CbdKvBZvaNUABUUITyhFQUjmg2IVNLBzGKX2XTYXiBxRg9eT7KREG9fdlEdiTmPom95AiZELsifrUE5IqhZjPbJ7A3zQWA4jyhTJDwfUYPaIQNIuu0uahFHAzZVLxxlWSF2cth6LUEIiEU3ulLwbrFDMiOACdQ5Ydl0+/7Cfrnnumvf4d+5+j3nxCd3ql3zO8ad3Q4lE8XuHDnNRb6NDj6/ts6/tTJfo+uU/zm3s3xH+ryOn73p6Nwe+E5vR71QIHB0Al9hjmo3dDSZ5khyurzSr527+dp7akpWZdT71yzLI1f50v3/OzLMPzWnrMksiznV86fy9GO3DjZn7dRWZ6fafMHvvb4B5X0Xz7M03Fl+Be3dIyovvPKiMWHOkYaujvqxl5cXmd4zV9vuLy8YctV///Zuwr4ppasf2tQAVrWfS/9+gRIScvzonm4ttsW2X3S3Ca3SWiaZHMToCu8dXd3d/fHuru7u7u78P3/c87cTFrWXcKvnJm543Lm2Mxc8Z2vfPHKD3wjuMr3vnf1D1qumfLxGzo5NLz+ggsvuviSSy9LXb5t+46dkM6AZ92HKp7qER7c+u/ZI32Co9XbwmIRsiYavc7HoqufabxbtQn94GyqXuor93+T19MJF3/wP/YB8LfA8UY6uDl/xjpe80A47tZlyY0upLkEcCf0BIdqM5eaJ/uMJDCkKw6Sa+rqlalaWQ40FsOSzaMAWmjAEercH1WloCRqk3CoC4MMDgT7ZWgKZ3DbNMLeASqZbOBlKmR6F8SB3OJfoFPD+h+vrLf1D6KQfkARUouyTyT8+jBAAWFyhqHlnDf7qBwaWOStZXlo8q4YGRm+anj9JTgxYAx++d+poVPD33/1661lib6YCjlLHqIXCmpjGWECMhnzvOHOQlhExBN5qOh93mYqj7JCuiPPP6r9D1MaM6LAF7021dN8d9Nc1yJsfzasQBYbhhVkwRdzEYvv3+6dGD3o09KIf/IKJuLeu8+QnXnAJYC37xdrYh+k4h2Z7+37JaoGgTKXWbdr9569+/YfODg6dqvxiclDh48cvfVtgukMtM+5fOHYbHGuVK7cFkra+vETJ+dv15iza5Nn/vTfZvxtkXQjGzZu0lAPHFh7x5KlnV3dPcuWr+jtW3md617v+je44Y1uLN9vctOb3fwWt/RX9f/fwDnnnnf+6jVrE4PrkqzCmX+FHx8cJ84xig8aHWCuVWBaEKok3/vBfWRMfgO4lGQ8YCcgpXdFTAHMKHXMYz1jZPFtYZrz7itpkoAc15o8zhfHywIR8AHNoNZIW0HcVkCrQhDVROP7/TQv8yRtthBlYKBo69aOb20UZgL2AF4KyDRHAVmfNGALYF7rVdOy7qb+h6n/AfeSMmz8pwF2ON+fvSC/Upmq2VrS9qGX+sSjgIw+tDfJnqV1RhSwx/ioLR5kno5meNwqPI40NXBoERb8PFee0QjZw8RUzBTQSLUnER0TlC96foF6GZ4psmVuCyqNN5WhJPPuoo143v2ksi8FZGd8AJCdZBZ5rVzez1vAubzgR8YL31GkQB42wBh2sGTj8pHWI6hlDUJ6RLBWEcZ4wvMuuH+f4XE2KtwByM5LMhWrqHcwRfZNXftGKZhZo9eJak3vnp4X6XdiQP/8tJ7lkMAovbqO/KmfQeeihyXtDHsz8jnJs2SF03IchLYzfLTZcseqnt2AXgMGzOTBLCN+JZgvlgO+WYvdiipIqdZbUA7ld7bagRQFpRYf2CWGRMP4DCwF4TWOBNqTIbZckAKx0SbF5RIty+UX8XFmo78BhtZGUwr/AJVlA24AxJXuUiE/mKkBuaarIYJSdKdRBaikshG2IoO5LRInBcFOs28eUx2E2pQxC73nId8BzgtA0jGojJ7gWfQCrdY5wdCSZiV1oezggX3eRU7/6Gu2hayJ7ra3MeYjfrD4zVvpIumvuSBLXZdbi8YT1sggZEtsWdohfNI5NrzxiXO8/ajbJPlvwC2AuglShaZvYDc/8lwKa9BGz0plnUefz9byHzxQ6BdbC33OW7dM1GkmzJw9e80NaSQrZ3LLW9jp1dRBPEjoSlJNCxeGrHYzw6H1TCdYYaTlu8/mDWzUQvbu8IT3NOSzxZ0/Cd++B63kZkQdDrIT6zuuk4AdhRA7F7/zING7yFKxtdHI8XbiG/vjkYWVzYhlhW8sFew766gg5U0P7vMOADaNc56D4xs7Ms5fDqt5gbmxAEg5V++FtBdqWvdp8RHtRCRMsHq0ztJ02l5OOZSju9JbkI8hXMpm3NwxtnpJvvVNOmkEScuzPsKceV5a2N5sEOWny9ie4mFgX4YJfU2d7SlkG2MuwenVG5xhK6Pqusdp97IHnTT6kRNl2UP6jD7kasAsoNsAZsnKRzXiNNzEIphI6EvE/QjScK4R8cRNSPhO+85DOKKzdGOwkWi8CR7wkXSfMskoDBd2gtWQQ2P50D7vNg6ePqH4ULGwIEwXURN9EzejQHR+Vrq5FIZA7K7uPRGvTuZg8YwqyAWBcLy9Iso/sQh/S+Y+bXH88CR2mCjBnj9RLfDhYqkUJ2K1XJ7T9SrTyvvOQ2XfgfYTxS+wBiCj4ZujgOh6KQfqbOZsHz5vymwjNM3UNTaZciywJ3JuDHfv+j6bbdtkamLf1MHRSdgmHTq4/eCOySOj4/vE5EvfXRLPIlOthTZDzeZiR1J7Jq2hV/MzTvKIGTJwDKNs9ZnneGobajU6vkMywpNlY6MHJxxrvsXUNG1oiClsf6Ff60FRkLU9ymiOLz774ULnvBCwE/BawA7A195LiTale+JTjXB/5eFCmzSOPVpXzvvFw0XD3voINw5PQIKwRFh3HJYrzBB3NcWbnqsQZ2uYMSxNzlUuNHa2dEgIOLLMLPGOhOM6zQuDo5omUHgMsBdwHrDH5sV6zEkiuiQMyQPYu0SzgfitD4Sr1vcFCk8D9pFJBVwBqDkFx209xClhWrnjpew6+n6h9Wp5pNRnGSDzvAFgI69yLieVgCOoVIp6Yz297JdHSh4HFB4G7I3TzmB4bUXo9rw7aRn3AVwGaPahZK5YmxmcLpSC6jzCnoVvKwFtF4c567rAe4umf5+W9wO11riA9X+EEPPcO86Hm+GkXzaqmzKcMXVfQiYB7na1F/iEurkXDiDvdtXP5OFuU13Oo+BuZX74ew3czGcT02r4ZrtncRILPgp8Ev1AZXtiIoenjxk4Yi8EkDf5feGHTXzs46DZjKlF1iBkSpfmgyrtgOD3DWdvijH7MkIMBM1r8iTmDPif3RbzZdLZ+Mzdploy4xcUDTZGkNm3UhPb9uwxNiCrG0mxhyI1NvWqxCX9gKpFEQ37mqNFkJuEwLR6RTNIo4CIE2yNaQT5vqiI7TOMxGBgBrW/yY7PP/VI6vAO4J3tF+SKkzvvPXZw1/Lum3Sf+cSZXXt2XnpJwP8vC47suHxsZn+wbTSXm9gg3TS+Z+fOteC+B9euw/7YI/Pl7vjbhj/7eHVj54nquVwYGed0gZxOzm5oNIEEoWUsNxtG1ZU8SrFRJrg72humcDx7DjkQiRXgT9VUzlKejR+6M44DsgU2KHnZncENxg5LT1KAEvjsUmPmJR+jUgCZT1lFRdsxZ+olc+7keJglk7jTGFIi+U4ycvrqQ4xz1aayYUOpZpNifil5muSW3sxgeGPCh7tsHMchUhieA/cD1qriEgUNwoFdERMYG5RuJ4/Mts4Cz/8V5AjXk+e9u1PG+oQnNn+mgwcNmzA4Fzm+LPLw8IMgsb3TW9Lq9UJH3NpCxblHs4GOLmqpPRglUJfc1dnVtayrq6+71YOWu7UVAsquNijtWnuWtPYubV3W3ua1QRgOiXhbN2Xhbb1L25a1QRcMcXb78vb2Fa3tS9thydDe1dbe3dHes6S9d2nHyo4lKyFSX9q5srN7ZTdaVwlA9Si/hkEh/QqAF8gyeUDtchktMX+2r/4pUYgRdrZVgxQyXHt88rgIpl9ke7KgzZSAmE4MEMs+BXd2tpmNzSB1g1gtL3Dzx8v+2q/wPIUJhU1jnjFWh8yRz86jyD9hRiCP20HgSiHqb1TO3pyqIDlOY/cuFcuy0bgxYh6DgdqR7meZ3w2DSnRGtvj7o1tGEQRnXch3XQ4UnLD+luFtSoUgMeqMOC2zWPyWqapgiwvlDfmYIXbmtzLITWsAwZSLiWRDe5ESGbflGk+QBuOxlwz2LZcsE+XrYSDWC6VZcbJyaIPcKyhfutxgT84BqbERn8NlKXKVFXG5ZgPOkmyykUySUJArbIapueEPHdNh52ILl1qgpFiPEB1PGvQa+AZEIcrgfyAPuTkNX+znw5Og8TOYpUXf2EZEx2EnD3FbhJxYVFjFK/zGmtZ2jyXUx/Ucjh6ran633+AV87QoZHuKWVX+FWZVhxNl65BBBEbqMoPa41Fl05egsdxuskjN9tJZv9nlltRejfIB7hvXIeFpsiQKg4gpaQoEi1MoJoMaJDUB6mOOIrGexUCgnazyVmG2XskyWtLWm7K4iBIF7gx1DJBBK2EkzYzkxh7ajitzRkqBO1sdKbFFgDPKYJMKCvaUQtJ2QIST1ZnQhmKj1Kwh0aEMNFupTyNa0/ek+dAysjW5JZnE/4Prpk6tGlCZ+YZNq/5v4NzBq6fWrV2jJwf1Di1gLnWJjCvwBYpGwqgnRLtBm5M3C43mOe5nPFnkoqTLhqF4WA74fA0jffYyuLsBXwe4BJB03Vvg7gR8j4Yxn9X3lrAPIawDkH+rNOzjGo9/X7+X0KDmuF9M8BTgwzlTirpATwBwdI04JcKq1cOF855jaU0Zzlb9k+MvuHoKM0by5Q0D1M5Mm0OnIWlJMdVt0JbmCQMIekZnUILRCTVEP1ZFVGBm5q7gANuJUIBj8UnHbEiSAbNsXHVL5RJyQ3TNThEcC97gu3VPqQ0o/zxrxax02Hb9c+PvoAJP/4bq1QKbMAgo5zDN/zybaW8wUzqaMtiQqA0dgXoGgi0bHH8+4MozqX2V9pDUtsc7k6cC39yoBRGWoyJr0nENSIQBlESbZ3PCIYvlUy0YVAKUxP5kR2GBc+U1jonKeQAzWhh4gUHslxFFgDrkCjn4CcKTar91gMGuX76bE6uFGQoWQqOIu/RpMg9f9FSZm68GZL8OP03m+U3hvx7g258m32+g8d75FOWdnyjxkk8VOuro02RN7ADs4ZwHZH5XKY89puVdC9gH+EyFn32KrIP3wN8KuFLLuUbjPwiwC/BJWq8TGn5PDX+0hn/3KVL+CqRv4xrQfIpan2mt33vvJenfp/Xbqu378r3E/7qnSHwMdL1CaWmYpcyZVHW9FAftkxAMJ0ltTLuEbydgQnkoK18PpqEC9ofOYMzNHCzNAbsbh1WVunpU4dAwXFwhcTnmXidfkVzCIreEFAEoiC0h2SXieRkGmbyR5NuSUFmNGzV/lRT4rNM7csMkbeQkDny7rmQxaSptiEoz3Uj4oNSYipTtivJu2NVnlN/X178QthLXVTvDPutXXnz975HPi3Bbv7B8Uv/NPInKaR0C7rzIiHeZkVHSu2I65GVFwCAtnEQWVRQi5XBcOeJC4i6SiCp2ZEdVgnoEuaXbBlb17HRTDrMLQ1uOqV7yUkLVnq2BBVFo8CoKZlWrkkwpAmPv5E6q3KVhQfPUgIXIIVYKWuWK2BaQHBOmnlNSuCh8FS1bTJDzuzRQuDo9KbaA1iwoL8qPjuLnL2ux23OudsaVZ7uyiw3GiTlenJcWFjha5JFC/3yYRKwbwr/hhG9MJBJ+bDKx2t0mJTdXRIExxCqYKSd8c8baTL6ZapAjusf5bBMIbSzNSzD5y2SgPe+p9xM899CHC55Z/xzBOwt1sJfoaZ3NgJ2AgYbfE5DxkxwFJe1StXiFCd50lOAPR/ouh+d6gvglfdKwALPg5P7iehnWiKRdoTqH3FCfYNpsdJDazEfjQsQJzQh6Xl1JTYAQ7pckNe0Xk5+KG0yPNmQOVhUoi48LkiRG1pkcsZBB6QuZszxyKargMjJGnd/6XGnLwxTXJ+VrtpyJxIjA3Q80buGJ4n8foElzf8A/gcctPEb3K+y4hZnDQdU9PQk2pMDuClQCZ/1y3DMew+s9SfKae574cZJL6qAoRa9N5P2i3uOeJ+U9FdCNI0OtSiF7u4DyeDhzKFcXOuyNXFLo3E7g0ARv0zIedT/Zq98Lf+dZ+qxF++ijGv8zgG3c+3Uu2bn1eW3X5+4p6c8oTWH7+g5qp3AXhfdS+ACFdhwfBbjU6aevAvZY4w1nzH6g33+m37/+KCn39c+VcIoyDK0oJFpMG33n+ZLPTwANzaPdmSyAeyJmgbjV6NUHM9Q3QfVMeWVCeE7A9KAxLUhPpeVOdYeYL9mdxV60L1MgxmIyUpYtnggzGBk9fSx3OSUpx9Q7W0ELjoNxGw+xS1M+Ov1k6fenv0Dq3XN/obmeB/8KwCQmAJeA2I0UC2DHjNQywvr6wgukz74CyL75FmA3+0DDk86cGbCCUs61YN79ZJYYJdXsAPlcx3yLwOuHWQttv/v9btJ+7hy0kvHTXKFQYTdSJux+Hmj3USqOMBZhUGO60RrVfaellTISbGGaFFlTXRlq2BSn3T94oeJdCkvlP8ko8AWeJyIXc0uvfDdZULohpE7afEqLgDxhKK7GbZ/uXZ2NW0Hjuz+dOz95Ru1FMgZTgMsAZ9VfB+wCPAXYAzj/RIFJWcwWxLny4HBsslGoyGf2djwvhxOMQbITMjBU11oBet4XUUarXXPWKIvwMQKTglEsCGp6FYremCIXoZC7oQbhOK2E8pg94P9eLPntVrjQRmgU4UvYB4DLAacBjaGYJ79vtHmp01+GadWbetNaVtonMcS2pI0BUtq2T8g4BMcGSjbq0BCXM8CQMwVsE+Uu5aiQK2FQqpxdHJ+5CumBYydmo6RdpvZ2vCko4vIwB4jy2PGmKP8yDhiVxmnD7PqLLhq+TBjPqcis78c8SlVILxHWai8gu2JC/VlAdtEsILsiLjcpNWz48WeO+QRK2XGMVYIfR1K6TUxDsING1Dpnr+jnmutP+P32Qz9nRL9+7hfLHRHpXGVv221+TVuf0k7ORbmk4YJXv1TQ6DAg0c8WQLajT0UhO+FvZ3sB6U9aTYjNONNwQg6pzimGmk93eqmqBAF7SAIpfJLC5wJyKt1ERTk3AGR5UWhIt0hQihH6ey96lnz7htb5B1qnn2keyvmlbdq0f4V50SNB2gS0ZFoyE2xjskzz1Y8ZKlk8PXhtRUw8gN2toqVeuBnexvrBraIkHszmHJCl8DK6lWXWdrjbpZFMWol/wjde1kOVO5wMJDb08DV7TumuhEN0JexESagwPNGgsphZ3JqxQ5Njqcltu2GWgBthks+RLefVSgqc+3LxrwZk3dcBso6gkxM+CTT8f4j/MQvmK9kEPpX8CdN7SkqnvSNqCwxqyXuU5mvNjC0vzBTKJ/9eUhZVv7xeKNZYSNUwuJzLIgtzGLyqyG/9acTNRr/HvAquafAESqGePVLMSSm9tk61p8V15Dj0f/IdFKO8QlX9gOynHKCqN6z1ITKya3eBDsDcDsGSSqFKDf31uNDZ0aG63JEwZiJ19Vl8YhGHk3Tk8UpaM2VDOMAEDZs9NFnMK2Ven+FEV5jEHoiKqzhdd5NR41tTKZsOQa7jO7f5F182NOxrUEJ30DVpDo9ILEK5S8BcCdPAzY+/VsY6sEo/RL9CnZzhV5kbcox9mdXAMjiya8fihM9rPoWosb5+gzB3nckzQ42yn61ms5aFuNFpGburVOybfoyMqXY1aobOAK1m0191WtKbNSWcPVWOi8x07fzPKlxYr+RjpLz50+JXHReXr2FBP/QkwWW8MILwe4qDPgTIOXbb0xJut/I3nJbvb1eoOEvxleIqB08pjrL4SVWMSaWmXfmKzIvTPc3wEQIgzvVS9/oxtvLHtH/hoSKbh2m/oITFkqR0Mh1PXGHIEzE3boz78kB6YlYQxIyWEm3IqHYi1MsnpqsBSX8/fUdntqVvn0bZC/m0DX56YEBiBUCrnLzQMIGbDao+6YOTJ8Glqhbae9O9XPN1JSuc4Uu9SoZ/OyC7E50kcvU0l2pakGBQSxNaIlabXiBxm0ZZ8lFLTMfbfVRHE8Av43Yfk03gZ6AFaoT3X3jyZD8CbYkSyREWol/mdh2Y3BuUdobTB4JqqlI9EMzvrZf21oupem4irIxmagfLx7eHGa/31dKO6yi8vsIbKbypwlsoXKVwQOF5CtcoHFQ4pJC/lywV2IsrZ170c0yRrhb9cksv9Q4GXH+Xc1h5N5UqckHNN/jxnssY3T16/NUOsNkL/Ksc/yfV/5leMUO9S7eczdlL9lxLoYkvejWssgt1t4QdKKbVZp905PshwrwCsKxHqh/dI+aOz+0U9YXdDmRDHvFD+rHL0lADc5ATzuCwEREO+3H8EgKd/Mc60A1nrQutjtflw0IuX1tQp2OtUqfFacgcSGwb95cdvy8utNxTVeY+xVav1bQbN/nbUmOpbXsmbx3n0YKZv/z35YHUM5LF5k2SR5yuVdL9yX1l0w0j3Q2c9l4Kf9cfL/9sTYjz2Mq6/An9YBth06U0nfXfVuu2OB8QIligRJWzU2E2F4JlOIlrAXz89qOKo9VxFjIyQs/5+Lba37TZB2R93XYkFichWJRG68wEd2zU78O/d7xhNB6XcfY+uoem/Ype2/Ni7hPNRx+PYY/nXC6jl0BVZliC4DVZOnXaxY6MHEgddfJ5jJp73B5n6fYDvrBX+nRCzZy2xWZO2/UE0aHY3CkVmzsdVHOn/UIRT+pRl0MNBc9ukDFUliMmwbhspftBJaVE7IyvYYnSFsmRJU6otY0GSVVS0ax1MiNxaXbiYWprlrPNbJDZAil3z15tNKZmiaZD4gOFcmuSPSZKqek0xVBGN+jFaY9ofx0OMyRWmUOW+D4i880TKMV57wtvkLivAY67pVg6mauF9ug9Eocmd15qv11DhM3+x3jcEHBSrzzL1sVEI4TGiguRJI4cIpFf7mtdx+7+gtyrqz8ubRz56ejTrxlfcav75Tse+9xP3vWWN37vF644pddZfK1D8KvFkctRly2Ofz386wAhmYDSVc4UvnRln5lb+/Gthd/0N10r1Weq9UU/nqZMPetub8bh0Cu91HvuDsfduxsnAOWUoDkB6mwE70XOl7AQZ3s5sMB/UMN+8iZJM6b3EtE9TsSBvG4OmOiUTcj6B+EfArxjv9EgU51M0csVt0+MXHXm7/xjl7Xy8hmQjktAf3Ri2TbH6PZ60MLlYNl7vb+ggOb0/2K///2oZfUx+7Zitqa9incn70ELRulJ3ou8N3gf8L7g/eAvGr+/Jv3/fmN6CPx9LXJI3Po/Av8tHf9NQchd1/EPwL/Z8fvwX+D418A/4vjfiPx2eP/PlT0AN7KAARzf6mybtduzbdt3tW3btm3bZlTbtm3kfc3mZnJvZ37znzhr3euwha1h+UU9BB38yMWRu4zmrhfat4Vo6WdJ0XNxI/VMVg6pzJLj+TAKRQALCKAcVIFa0AhaQDs4ekhmd8POn34qubcDdLtiMtTajF8IDH5oqrxq8MQ1DVkL1PnKY/rjoSMB44E9vC4XedKKRnmnoTMWf+6nLX3010Gx1+e6ld/cNk3Gh0TbRsl7X/6178DY8rPU+i7eirI/fHV5tRirE/Sii2/cnl6VHXaxG8l+lWyy5UPYKl+2aoTdbCFhXFVR4tbp3ht3MNUdtTijdLU5q9ttTh6Ofootjp2ziX6hgavvbuhWMU4Vtjsuds/YerkWR07MWa+njZ1ad3oQfM26wnNFXygvW4dFjl51qYNLTRFHX/rbIPjoVskMvmLXK4NR6qNPY+NSeHiEPzHElWkt5AV/rlacwHRnZdzg4bfkWT3we+HP/YDhY3sdhLb0ZeXUjWWXr/e3IOiAzo8lamcEEYgqHlGLbn8tSluGn8avMfQds3lzdGR3Gf0Mm0qj2aNzHocZmd74Xu69Np5Sr5y+stBsaqsx0PDnevnzZ2pfV74OHA9hF3/l0D4eevG2wbuIk+/8qS7VP8acHJVqYt1T019Q7PnDweSHSYNaspFCuLhXxOF+XTb/QynTyoc4uByWa374ugUqeGDm93h/PqauHGQrVbUvMwdzNXS95Zej+VJkwXXu066tyX7dr3rtz5izDRsKH86tnwmxd188b0f4cRKbwG70JWTPxOnKitbpm6FUz6cTdAQ/XezZbM0wx1s5o8QZxN4WRXO392zu5RUi8QtQA+4gE7SCNXBqlUi8C/iBAQgERaAfbF4jEpnBMyAJrEA0KAcTYO86kcgLPgAl4AJSQSNYAsdgWbwJfgEd4AvyQTcgnayCR0AUmIFwQAAj5GMVTvAGyAEHkAhqwRw4BKvcVfANaABPkA3aARGcgR+4BwSBEQgGVAg6bENDcbsD7R4mtH4mVKTevb/7n1UR6ZqjI5XgcWMjjVj02g0zDu1b6H0oHwGtWAn6/Ibf8JUSO/YgjAiMBzV6mEP5+CDF4wB4zEnxOAQeH6N4/P5/j0/Dd3NTPKaHx+zQv+NLR+5RcrXJladGe2kH2q230HLwUP0zusJlJ/+uMqS27RoiffLdc+tdG3VWLHi60aF7pZJUUOtna8c2Q/Nlp03OQ4s5swLioU1DURxqMK1v2fP1ft2LIDz13cpZn2F+csq8iomnQvDDjIaialuQMecCW7rvrIj/WGn58YIahCEI2WZJOEebfpGGN3U2+oD35j3LjlhhUcrxQseHYjZR/L7+RJTxj3vSHOO06OtUpyVyhcauyoy5hjbPLt0ZonlzBH3+tjPnfwCGEnntCZnfA/04FQ8v5HQj7PXP0wjcBMTasM28GX8zpgMmH+lOAgAAAXwumFuH075yn9nYhy8VEsZQ3mtwbkrPD9iV1W5xsiawZsatJDYVHVrTQjwOVP9jwHNVzBfv+WXyKLxV98fcgNztbvTO79xf91MFAAAAAAAB+Gz8Z3Lyd9xGlY9vl5Zdl4o6uNkaHsMTBcRGR1fmlMF2ich5tXVEO3P4KL+hHaoh0z5w6s8lHiIvGrIu+1G8XU/hlqzto7+uV5wyU3H855UG/MMkGamFXmNf+eCOkLLkrauTKnNmE1x3SZQOW75prK9Dc4G8mbBGHadFSJdpogNzsIwTHwuKl4qrjNk40sHUFTRjHAAAAAHwGSlyK1v1WyF8boafwh6HThyZiBrFFTXFChQaHn1MGdgszA5E0Q7uNGaJ+2zhfR/2Qx59g86fnCsdI8dVPiPXYNxliyFR9DTRXByGWWPJn7srkjGU6KcHKp+fWmm+YsRCEI50elsE4x2+GqUi2IoRxDS6BbUU2LPeP78WGsWPvJa4sezubfX9a/sxS2X0thY2GhD7lXVr/kca3ImA2YClpb2AgiggmmYP6zGQH4/8EDNql357auKKNmjfuKDjPM5iQo6iUaN1ybawbIN1WUQ/ZbUxiuNWw6ar+jWg+5ABUu3EnxtJvIhKEUAWQYBbAF4j8/RJRo0eBt6oNklTxXMqveanDJemwZRwGEfvSdvSWz9sktQJYq5JOUMtxqP0NJRdMNQFGtbZJQMAAAAAAAAB4DMTZWgJ4z9NfbLPjeJJIUcu7FTjh+6EdQa2u4qLNpGh5aVVbdUuc3eC/ULRUOqyjbdRniw0mLzaUMjx1m6GEiw0GYdJeZLCafjSSi6RZo/9x3EthKdX61JVI8ztf/vgHIbz4ZwgOEm0E5c0AcE03lRsjJwoqKdDZrst82TL4wH/dIDpLonjlH/BEJJv8ajWHiios7t6lkAUFVrt+1KZRB60E8MJ5q8WpLyiH4IR8bRkEvt0ybqRq9bH1jX/SI5DvRlEZVamxBBVXmg2TFUzl4ZJq/4hvQ0dSf48ZqQtmKdM6st7DBGeimvFeUegxV8uDtiERPSpGjwgD3OrsVdqpvdS12Lcp4f/RUWUYARmQC+kwXddN6zJ79dm6PCVRnSFjEKBlmv8oXt8kdcZPPB7QeszW5H3FVdfrmyP/QgH246sJbG35lx4W4HGVtvqRm/uvu5O2FVTGTzeRKLAiXOdvRp2UxnQmc9Lwp7eOc52DYGxvnDu7FUueWD41UudbfX7hoj7g1rvE8VDj0CkiTM/Q3nT+lz0zFhG+C34Pn9cQRjoFSn0XD2LJ19Eanq12/hwAI/K7APYijR86LJFko8DbIrdvuDeycdWfawOFPrTKkAI3uB8Z3X31Qq98R4ivpK5H/qHpASdzqlvw9IkcG8/Yq8osO5VeJDWST7Y3MX6TqsaFedrjM13fTt1CrQI+QojNpiMJzAP5XEnIpTW4ggd5ijp96Zc7vI8uWEbK5brERyySJahyyvOVHH3NDC+vnsZoyblrCnjjNJ0St7VU9y1s+gJAAAAAAABwGcqjU5y1Od6/o6QHpr4F0EI71RR4FRRu7ETKehrUHKxKftOV5nlRmHa8NMObIC+5Wq4k14VRcIcWcA0fB5+2iNIfM5MHx3ooYubdd+/1hC+QeN4rt/CsmdrARp/Iw/Nq749dCVqr9fms8qADi4UJ5GVYRFIIywBlwCHgvlLy4ScFviMLwWI1ObdaGEXE7wFCQv/QZyrVCSyE3ZOMBwaexb+O0ctHESc6mxPgWHweLifZetBrscwDg1+lNfK66FWlX3ZTVAwIcsJgxoH1azyKseOPzo3gv28QqiVMk0PKMCKYfMETxqBtKXDbRt6ltOYyLgVjzj+3KCyTkUJuTiHlunEEBHM2SsMzZcyMOxfZbElB67oDgn07hl9A+1vjDlr8po7UKSUyUMXNLWyl6Z1wblQrJJbyzwFYuD/YZcyqEJS6t/byoPr962d52nuIDwXaAoeerkhcPp0MHR2p2wX9or7d+uboeze8bqSErdjr4vINd6Mj+uk6dU34aBktEDozdGHvTuSQv9ij83zkCYuFtxeCRufyFld/agfPXU4USkrCjkYLxWAJdnYLT7YhPl0Lod6rx+ewS1UTe3QtfnsdepilN8KPMU0oa4MOdSiN4ou+sh+MoEhJ7h7biAIJC3gEL5QuNSTWLkrMasiIysfJT8LRN5+Yr+Jx9pylbgItip+eHjws96Gq3rub/Rzk7t79ewnfrXY959qovzS6AQ9yxPfyWqCcjF8jZ7N4Nj8qJeUw7LZQXYwwTnJHM/ECCa/x9G2fmoyPeYZr+5f4hOOKzBj7pdt/i1YHZclxDwd5HxigAqatY2ryDfqnnf7CunPGcqQLDXjnlDIEzaC1nj+UG6PeAQJBluk0Ru3NLXsPwxFLLNXOMMg2s/pps70OQKHcUlIlduaoYrtkrSopqyV2WzNTVAjG88qsej7jHdnGsw66ziDoy3DsWoS+6hAP6BG9VvtJEfO6f10SkzYMKFzLQ6W2cHW66Lrb6uUfDsjb4BgEklzmnuOkZCMS5n5mNK1Nug1/95tqTGbEZa82Q1rjT/MxvtmJSjngrhyO5921j00dKabUPwAiXe/3D9qJtb9QZauG1SJTgc0lREDDUBTWtcNjkUzteWtGY8QvImLEFTJpEFjKzvgfz17Q47trJdwZtbLwghVLGm8DmXwLk9cv/ZPkN+ihZme3a2fOdLYXjJYWCW5HOXj1PH0D5otwFYE+E6ME4qgwcgB/RNxdtLm9DTCp8x2AZ3yPdfQifqLTc0QT1Sy4BcrfVwKt0n+hv1BPzffu5VEIf1X6ITVE9MAvvyWBERHuqSCycrobp7Crjhw7IcZpQBwOzPurizkZv8la/2KO/a0A9yReb3H2bhaTmjULmwadEgNlAavSWPcL81+PbBvmXTp+Wd4rCGH7FJKnd28AC3djgbeVzX4WcdBudRWOfIJVKeh2DwSqw8QtuIhez47Yo0uop2Vkndfo7ylAwwgV7T8NeTGthsouU73VAtdPSEdzIdvBGRJQEKuGHWyaNiWtNKL9GNVHPXYNMJw6Wj4/x8V+aLke67uMxEnItkPuzJJJSXAnwqmZM1LEEUBKTBiAAAAAYDPZCZSNJ/lY0lkU1CNeymq8EkvyEW5ePQPQ7hrO5MKLfhf1AHFZHTxu3Oz4cGeA+j7O4kGAemODTn3gI3vPyUTHfNrRHMsknrK9XnjGRy+8gonnJ0t9UjtK+vhcr86wv/ESgg1z36CmgEiWnpZODx7ar5u/1GaN4TSop2+Cgzqxp58/4eYx5nIUVjQIGRDgdXq739UtXK10rGZ+Nh6B1u/3VztBUM7xxqG4/3ziC2+Q2s9qiAyOQUkOOWVINYclgyhYeHRoIddpZXK5jPJaOKC4J67iYB36Z5CQdTYtvsNUCnFcVTPJim+uWhAscnWWmO+B1IYFYSCIVe1NQNzg7QAI+sxLTHdm93WBZyljUglTXg3QC4s2vqSjWog11dqrEELlTKGevBi8FXNatDKLuffo+awi8k0j312nLEhBbbRryp1vhZ96CjX4Z0Mi4rlMDgBxhnBoi9WkU88yECbUY/8WFAbcHirR5zFrVSlAsVvKLMPTPBHZm4HtJ3IlaResfp0nIsP8LQ8enyJxrSS0EADPiioH/MyzAi37uI9tmeLPHtPK8Ar7+O/FNrARJPEvoW8qp7mxLamis4uFhChY026zxnZ5GpyQgvJDwfnau5KsJBCxauaTQ4HK/vNBknzCkv1HwmXylLhv0ILcBVDFnYwD5i7ZVVrSkyM63Y85pxxx+S5U0yiPfpmAm9mPA61eU/jdpZLuwE+z0iZJKG+DxKtvobcTvqhHJAe0fl7ucMDDnNxjqUMNxWXsUjiZ2SIl3Qj2yR+cjzSzBYhbtdnjs+uc/nT7b007IDWMQWrQrCglg53Fzxc/HQYb6vOTiC4pfNDWO0MbEEvEd0RgwF4ldhLx7EThg5+O0XGlhD8n6dRdhWyCtrW/Kc0aoOszNA9NlpuMe1JYEmyvCIDfamh3lqq8s1TjVc5MakaHcllBQPty5jRJwpOMoo+uF00JUMo6CO/kMA0sVy22grdUVCeANphrfjXpjZ+V17HhKrm/70uU9W1DmiNE6zdhL2hdF9K0QD/zPqMU1WMi5SwEYBSSC74RePXegSe/3DnbvC+d+ppNsEPZyUWL6wmlIZsaBQGZPQ/OoLtY0JHm1izelogV60kPyFrxG+uTj7gPT8TK9mbWFoxSsJJG8sbOHM4wUEWJZTJe9oKaLyavM+lhJgulnANlgr2Eo38TO8Y7WjIrGAUXeqaNjARE37IR8ewpZkts5s2Olg2awA1UYoR5qY/5JBxlLRewD2huD1z13BxvQ3RZ/vD59d+EUkq1+Ke6V/AQNs4lluicdlo1DlCWZUVGjwiCoWScxHB2NvSIsBfe1brtMWSegBRwJkAzBEgVzX7DYEHaWGBhDn0NIVe8p7RYWbE6C48sAqKdq80whSlmoc1onSXV9rlWbNmxJtavTnzbQKrRGf9tbsCcpcr8smFNgDc5QOeNVRwsM85UggfoZtidSP4h4YlnN0QtaOPv8dSz9Aes3ngRTLT+J//xzjuumJVffG5swL3Y4VMzF0nysvR2QXgrNsX6AqSxgVQ485iwOodD7lJ4Bl0n1lZFnqislodkfAN8M59Zt0DNlEiVTc1N4GX2iKgXxaUhA3CV77vkuWgMJaSYVdHzFPJQ1BzEa0mNajgS0TAPEb4tTZR/xYxZgoqLFc38NpkBNOqjb+x9xhXf36ePg/nz6TlJCZvwuRam4yF9Ojf44L69gkVSsbqSrKsILIkMMAqsN3d/s3ddMU02MOGTDiZ4ATZcaVI3V+gUEV0XLN3cV/ogW3c66qxsJsPVMDN1IXf9HqvhleEhzjl5cqRKt8RgqX2xKOJVhWq9ow6mAWnUi+/n/D+5yxiSuhIZVM7SkcaKPhyCIrU9twjhD6ckvBJUEoEGwfs6TbM3hcbDOMgEyj8RWoZQjP5t69GN+MBZjlEdTDRlIDxEkGL09ENQWE2a3nY2E192Qu86UeRUYCA2uKEFcE45M3xJF2VoVmWQLFQCRtfYwlavv6xZblyVGEKwF1SZ+AIY9TiiUCkBefUCZL8QyaLwTL6pUdEUxEnr9zKFzbS8MRNhrMuae8WoWq8kVllC9xBBpeVRlRkllXG6A+cdBoN3EseONOnYSopxdxftk7CTEdCc7HG8u7J3xmZoRkK4y7Ovo13i8Z8qgOq8IbbyL7SVK7gASq5j/Tj3qnAI2BSKK72O3Yzop7LQaTd3UYyt7SLOsOj+kTI8o4wFoUc/TQlhtLn6yU7b28zYkVqMwzmLI4LcfFn6PKh7hHscjlSA0nfaCRYwFC3TO9RqPJNyxXh+j8vyhq1X2PRPsYc/9afwFoK1tmO3m/HPQrd2MJd3h2ZN7KsW/kTbq2A7gUwFqbH+NSA0SUyCA92pE0A/1+HGiubdoXq52YL0FxShEfsDdhdKDkkESChswFDyJ+H/4y2y/q49mqvhN9/sfHZCMJ2lUj06aaUhyyGzK1M5YMOpIUWk4DFAas7KUAe+oTXyn/fHR+EYIVrsiLnzouTORy0TiV09OvMx5ptwrm53whrJM4+LuxVFJgQBPbfK06AvIujb+AMVDS1Ujzlcu+y3wJawKWypaICUDgzMZf/U3xZVfQd1hom5TTFLqw5qwy8xjl1izjAL3M/BMfqANkh+5Iel4nAA6X/tI8/+Xq2U+NyIxsxqK/JZoLKluQdsBbb21EL+tbvpZGZiTBWvQ++jBbjoVQJRZJ7UyOX0FMtJ2couYxVhibwgwsQXcj6USlW+JXbXR7IaDatknvSSOa3MMmZirUZ43TeoxepzanuNW7LbtFNetXpgEw/B4RNqFupdMDP/5zrhYTScmN5Fc3pF1ffqO13TjxHq+Flua1Zaa3/WVbAW4A41m4nAiT7C4UUIN/dX9GSRdf9ffM4tYIujjpvOXMU+O2l9iEa5DwaNcQMZIJOdXNeuaqWG4LHY/Qv9Kr6QsJlrADdDiZ+CPWT0RcoA74NyWNKhJYP0fndkaqF7Cfxurvatgql5oXOT9L1GhZqtecZWmzNn9fRVygr/F3w0k3soWT+GGohco13ICJfCErxchGbsNirOPA7RB/PxnxdJsTnsLHaLI05Rmjcz33TBee25tGvSoMRLDYHEXDYt5is9n5NEa0klGTWUbUKxOTG0d0PAzKhyITSySpmH9vuaUCCS5BXQa2zRsjKgYTTF4wkCh+DRsjrX3ToqCXNXQV028gWdRjcrB2mgsshZ00Cp+TgUpmZXTYE3J90qUzLzLtlZmZmZmZmZr6jGcX6+5l/zrnn+Y2sNxqQPbHuu6OS/sTtVM7GxuybzDZktiWzHbcz2jisH+xw2ADYWbChJNAOmvb3PWw12E07qZSebg82ZiL+Aa0qRfH75Lc+lF8g+7PhV1H4deCnKfwc+EmwtcBXqE6OAxnAv/v3VtU5dVNfKUDfN2OlAOP3XZICFNSPCyEB+mnvtiYBNoz74BM/xS+AI9sV53ZBJV0nzl1wKgwBRvhX3jjSrdZK150OpACynwEkKvytQDmgejj1Y4EohR8HRCr8TCAEYMIXRS5J58zO9H47eyBVWHDoNDSOWSxf4B78LI1WYli1CqL9rXwc3gRoStlXi9bhsdJxH5l91UkHxgPJBfnbe0N5nLLMF5gKX5Shs6Crmm4CpcirTkom/AZvVnUNQmKVq7njGtbqy5c5fItrA7pNKuk40QFWQ23ClVB52QPLSke/PyaDLhNzDD+I98tR2crm4UHXG6oqRW/1/zbuHTzcqpvU21n/sW90wxxcD5n4rX1I72b+ugGtHBR+qw57KmajthW1ts+oHb6W2l6PJNt/cHomsbsiukh28MHvJGvfvp1YXYdRvll0/gjEjvk6wQFrO/+zYQzs5+XXLTsAa6l2v3eZbFX/U0LJ2sxs1ahDQ1pY+marNtXv7lg9NZv+fH062/bx/OJyM6NzGt48c+Bcwjs5X+6vF7jzVv8cuR1fkXbAHoffAXYDUB3oFUwFTkcx9sWfMIIokaiUBySzgH79i+wywmqSGWm1av0RQU2vM8rnL2Dny/6S3/m3gHp/nvFW0CUd44tZgehgb1NHPq8pZmuAIs4uTNfKCj8SB6v83ddNaHiKi1fE8UPcEEV/tsT1GxR+DPzXFf5ooArQzVFEp39ugzwmQkP4y1JqpJSG+6flMif7zx1iHPk/PcKEv+U7TNcxo6P3dRollbb706L3vUUkcatI9n4frVJHeSsaIh/itjOPUfVlwr5HouBLeSryG5DRCBIfZfJRLvifyIHpktp6DPjTE2PMS9ZJyQh/oeWEjCRvfyOXsbroNWfo5KumArMu+k52iT2dIBaDk10I3hXYx8poRJK5CNnE3ZGIWr9TfdI9qa/rwZ1PRv64XdpMUdrNzoPRhEC6HbGILA3rkKICys1GQyHkIHsKvr7304/klaCfFCezjR1dTqYmaWdb3Soe6o/A/IpXfOutACIU/krmh6aFZuj+dLK7JcIZaIySTdUhbasDoZ8RErLKhTpSyDctm+N/6fSa3tM7FXtPLz1/oT9l8GEeEb18cN/pULqJQFqh1D7MsZ72rpgCTsYSZMx2ZQnRvyFJDEomKBPTVRYpTunUWWL6kQppKRxZbhmjhAqox7TD+qJVyqBEr6lzAeTanDp3T7edXT7bwoAJhpZKdLO9NTsj1aO3FA25oRg/JJ+V9CxUeqUvvGIQJKBeymGXNHGQ1m93SCoweBvSrCS5CY9DcQwKtG4qZU2jeadIkj29e7qusMSBadZbel8yEQnwqhqTKEzsit0fTLcXdxT48piScjHkLtAy1E1uYLpWIBtROF3ydTElP7sdqd5EQ5u8Iv0n1UFup06lM5aUSNpiVHvMTtPKsOooLLEXY5YXyefRMkkbHh3ZpQCCQ3qSPYo3kxbRHFNC7CfBHFCdkYoL5WtGBOkoavGQNQdVNJAqhtiDPFhM3bDAA5anUvPjT+9FEo99fDnsDjKWTp2cXUKTZaQPcY+TrEi6uwoI+ZIWeeuSBfU8fQjlT058kcQR6TqMbLratKAndQp7FKBBVHODCbXJO03I23Wm+ZH7MXPmQaxFZr32byPyKJ+m2xZmL1GuZVMuDv6CnHVPd2E+qcs4ucNZWP+VmxM/9T5Lt/XN6K0+IS9kZSKLqn+/2IXVDh5SfT7NaSoeOkw1r0VonZgek+Un6aMGR9k6NWo1eNP4+M8Xj3eNz9Do7lX/bOsOV+KnSdqmn848Uu9c+xm3rgW9/fS3e99Xz5n9yx8yT+4M3/5D0M0fhqjrvJgTPWXesQsTKwztsqJ1oHr8snlTmvT29Au6rglemZbcrOuHC7L3z46tu6lGwtMaN3uuGZa3KGviDVuDRu1qXT1+rmFeQsSSyHO46+vd/fLKzKQFN6udWfox3yz04Qj/EZqOWwMuL1qwvOLm1UuHXVY1/bbDj4OLj3620rJreYF/4+9PVB/55TeqHx2rvx4Yq6kZsNCj6GdKcDhbl4+IF9ZTL6nPgSn9f7l5q9LGBx8sXrgno15W3U35+x1fRW6+IpbfHp+xzK9ss6k+/cuEbN2QFrR35f3pbUd/Hhwp9PDbrv2439phk47y6TeDItbM8d257J5f+3PdH3+9ccjBns5HgbsbL1nhc5A3n35vVFnLpFzt3kajQiLC3zxR3ti8eMiTCeX3dxtf+8NKRSnNzLe3LNEkmw5+a5v+Rknse5OLgsWNsw+9fXhZpeIZAxoLcXX4+qG2OPofkU2lq8KaUaZ/5KaBFU7Vba95YDiYyAqfvXy4/ZDPQOfuOtttPlW7Hg0LI1PLP8om5jeZV65Y2uYRX91Gg8lgNlgMnIE3CAbRYDUajEajyWg2WoyckTcKRtFoNRlMRpPJZDZZTJyJNwkm0WQ1G8xGs8lsNlvMnJk3C2bRbEWKi9FispgtFgtn4S2CRbRYOQNn5EycmbNwHMdzAidyVt7AG3kTb+YtPMfzvMCLvFUwCEbBJJgFi8AJvCAIomAVDaJRNIlm0SJyIi8KoiharbhEK6q3IrQVp1lRJO/UK1v5dRCzamAVEqc2AWRziT2wx4ALwA3gMZK7rlyhGUFK+ANBLKlzIDAc+BT4Gvge+P/a6fgf3mH4P7YDsr+i/0kidSqS48zA3zVOKzFOwB7gCHAOuAE8AJ4DAatofIIgBeQ6iQ1lVm6LmpWFsTKCMoAWsaKAOIDErwBbDUgBTAAP2IAcoB7QBGgP9AA8wAfAMEDLxjoC0DJEMj+MjXs0q1NNXjNo2LFIoBogAvFALHtvCLtuLSt7TTG/olh7E1mZFohhcdXsdRigZogEml7CXAE8wDDgO2AisATYBhwGLgLPgODL+PEHSAJqAXWB1oAD+ArYCpwDngJBuHe0QAKQAmQCDYB2QC/gA2AoMBqYCawE9gNXgPuA+irGAKgMpAOZp87jizOgmTSMX/toisi3LFKd7VLOf2FwqsZB1yP67tiuBXT91EinlLThdmPpru/mLiLf4Knqzp4+vfV0VZAaTHIC9RCESNWUCvboJXHn1FBJck/6HyRVozhHj0zZ1BiSfquXl3F6snYmC5VX";
function bytes() {
  const packed = decode(PACKED);
  return native()?.inflateRawSync(packed) ?? inflateSync(packed, { out: new Uint8Array(386996) });
}
function native() {
  try {
    return globalThis.process?.getBuiltinModule?.("node:zlib");
  } catch {
    return void 0;
  }
}
function decode(text) {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const decoded = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) decoded[index] = binary.charCodeAt(index);
  return decoded;
}

// dist/entry/inline.js
initSync({ module: bytes() });

// dist/errors.js
var GentaskError = class extends Error {
  name = "GentaskError";
  /** The seven fields. */
  reply;
  constructor(message, reply, options) {
    super(message, options);
    this.reply = reply;
  }
  /** The stable code. */
  get code() {
    return this.reply.errorCode ?? "UNKNOWN_ERROR";
  }
  /** The task's name in the store, where a record exists: what `client.task(...)` takes. */
  get intentId() {
    return this.reply.intentId;
  }
  /** The provider's id of the task, where one is known. */
  get taskId() {
    return this.reply.taskId;
  }
  /** When to come back, in whole seconds. */
  get retryAfter() {
    return this.reply.retryAfter;
  }
  /** Whether money may have been spent. */
  get billing() {
    return this.reply.data.billing ?? "none";
  }
  /** What to do next, for a person. */
  get suggestions() {
    return this.reply.data.suggestions ?? [];
  }
  /** Everything that is wrong with a faulty input. */
  get violations() {
    return this.reply.data.violations ?? [];
  }
};
var InvalidModel = class extends GentaskError {
  name = "InvalidModel";
};
var InvalidPayload = class extends GentaskError {
  name = "InvalidPayload";
};
var AuthFailed = class extends GentaskError {
  name = "AuthFailed";
};
var RateLimited = class extends GentaskError {
  name = "RateLimited";
};
var InsufficientCredits = class extends GentaskError {
  name = "InsufficientCredits";
};
var TaskNotFound = class extends GentaskError {
  name = "TaskNotFound";
};
var NetworkError = class extends GentaskError {
  name = "NetworkError";
};
var UnknownError = class extends GentaskError {
  name = "UnknownError";
};
var TaskFailed = class extends GentaskError {
  name = "TaskFailed";
};
var GenerationFailed = class extends TaskFailed {
  name = "GenerationFailed";
};
var ContentRejected = class extends TaskFailed {
  name = "ContentRejected";
};
var TaskCancelled = class extends TaskFailed {
  name = "TaskCancelled";
};
var UpstreamError = class extends GentaskError {
  name = "UpstreamError";
};
var WaitTimeout = class extends GentaskError {
  name = "WaitTimeout";
};
var SubmitUnknown = class extends GentaskError {
  name = "SubmitUnknown";
};
var Unsupported = class extends GentaskError {
  name = "Unsupported";
};
var InvalidContract = class extends GentaskError {
  name = "InvalidContract";
};
var StoreError = class extends GentaskError {
  name = "StoreError";
};
var ResponseTooLarge = class extends GentaskError {
  name = "ResponseTooLarge";
};
var Aborted = class extends GentaskError {
  name = "AbortError";
};
var CLASSES = {
  INVALID_MODEL: InvalidModel,
  INVALID_PAYLOAD: InvalidPayload,
  AUTH_FAILED: AuthFailed,
  RATE_LIMITED: RateLimited,
  INSUFFICIENT_CREDITS: InsufficientCredits,
  TASK_NOT_FOUND: TaskNotFound,
  NETWORK_ERROR: NetworkError,
  UNKNOWN_ERROR: UnknownError,
  GENERATION_FAILED: GenerationFailed,
  CONTENT_REJECTED: ContentRejected,
  UPSTREAM_ERROR: UpstreamError,
  WAIT_TIMEOUT: WaitTimeout,
  SUBMIT_UNKNOWN: SubmitUnknown,
  CANCELLED: TaskCancelled,
  UNSUPPORTED: Unsupported,
  INVALID_CONTRACT: InvalidContract,
  STORE_ERROR: StoreError,
  RESPONSE_TOO_LARGE: ResponseTooLarge
};
function errorOf(reply, message, cause) {
  const code = reply.errorCode ?? "UNKNOWN_ERROR";
  const words = message ?? `${code}: ${reply.errorMessage ?? "no further word"}`;
  return new CLASSES[code](words, reply, cause === void 0 ? void 0 : { cause });
}

// dist/reply.js
var Reply = class _Reply {
  /** Whether there is no error code. */
  ok;
  /** How the task is. */
  status;
  /** The provider's id of the task, where one is known. */
  taskId;
  /** Everything else that is known. */
  data;
  /** The stable code of what went wrong. */
  errorCode;
  /** What went wrong, for a person. */
  errorMessage;
  /** When to come back, in whole seconds, rounded up. */
  retryAfter;
  #json;
  constructor(json) {
    const fields = JSON.parse(json);
    this.ok = fields.ok;
    this.status = fields.status;
    this.taskId = fields.taskId;
    this.data = fields.data;
    this.errorCode = fields.errorCode;
    this.errorMessage = fields.errorMessage;
    this.retryAfter = fields.retryAfter;
    this.#json = json;
    Object.freeze(this);
  }
  /** @internal A reply of the core's own text. */
  static of(json) {
    return new _Reply(json);
  }
  /** Reads what `toJson` wrote, here or in another language; throws with everything that is wrong with it. */
  static fromJson(text) {
    return new _Reply(ask(() => canonicalReply(text)));
  }
  /** The result files; empty where there are none. */
  get files() {
    return this.data.files ?? [];
  }
  /** Our own name of the task, in the store. */
  get intentId() {
    return this.data.intentId ?? null;
  }
  /** From 0 to 1, where the provider says how far it is. */
  get progress() {
    const permille = this.data.progressPermille;
    return typeof permille === "number" ? permille / 1e3 : null;
  }
  /** The canonical text: the same bytes in every language, also where JavaScript cannot hold a number of `data.raw`. */
  toJson() {
    return this.#json;
  }
};

// dist/core.js
function ask(call) {
  try {
    return call();
  } catch (thrown) {
    throw typeof thrown === "string" ? thrownBy(thrown) : thrown;
  }
}
function step(machine, input, body, now, pacer) {
  return JSON.parse(ask(() => machine.step(JSON.stringify(input), body, now, pacer)));
}
function mistake2(code, what, violations = []) {
  return thrownBy(mistake(code, what, JSON.stringify(violations)));
}
function thrownBy(text) {
  const { message, reply } = JSON.parse(text);
  return errorOf(Reply.of(JSON.stringify(reply)), message);
}

// dist/host.js
function builtin(name) {
  try {
    return process()?.getBuiltinModule?.(name);
  } catch {
    return void 0;
  }
}
function process() {
  return globalThis.process;
}

// dist/json.js
var DEPTH = 64;
var LISTED = 100;
var JsonText = class {
  text;
  constructor(text) {
    this.text = text;
  }
};
function toJson(value, code, what) {
  if (value instanceof JsonText)
    return value.text;
  const faults = [];
  check(value, "", 0, [], faults);
  if (faults.length > 0)
    throw mistake2(code, what, faults);
  return JSON.stringify(value);
}
function check(value, path, depth, above, faults) {
  const fault = (rule, expected, actual) => {
    if (faults.length < LISTED)
      faults.push([path, rule, expected, actual]);
  };
  switch (typeof value) {
    case "string":
      if (!isWellFormed(value))
        fault("encoding", "text that UTF-8 can hold", "a lone surrogate");
      return;
    case "number":
      if (!Number.isFinite(value))
        fault("type", "a number that JSON can hold", String(value));
      return;
    case "boolean":
      return;
    case "undefined":
      return fault("type", "a JSON value: leave the member out, or say null", "undefined");
    case "bigint":
      return fault("type", "a number or a string", "a BigInt");
    case "object":
      break;
    default:
      return fault("type", "a JSON value", `a ${typeof value}`);
  }
  if (value === null)
    return;
  if (above.includes(value))
    return fault("type", "a JSON value", "a cycle: it contains itself");
  if (depth >= DEPTH)
    return fault("depth", `at most ${DEPTH} levels`, "more");
  const within = [...above, value];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      check(value[index], `${path}/${index}`, depth + 1, within, faults);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null && "hasOwnProperty" in prototype;
  if (!isPlain)
    return fault("type", "a plain object", described(value));
  if (Object.getOwnPropertySymbols(value).length > 0)
    fault("type", "members with names", "a symbol as a name");
  for (const [name, member] of Object.entries(value)) {
    const at = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (name === "toJSON")
      fault("type", "a plain object", "one with a toJSON of its own");
    else if (!isWellFormed(name))
      fault("encoding", "names that UTF-8 can hold", "a lone surrogate in a name");
    else
      check(member, at, depth + 1, within, faults);
  }
}
function described(value) {
  const name = value.constructor?.name;
  return typeof name === "string" && name !== "" ? `an instance of ${name.slice(0, 40)}` : "an object with a prototype of its own";
}
function isWellFormed(text) {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

// dist/contract.js
var LARGEST = 8 << 20;
var BUILT_IN = /* @__PURE__ */ new Map();
var Contract2 = class _Contract {
  /** @internal */
  core;
  /** @internal */
  about;
  constructor(core) {
    this.core = core;
    this.about = JSON.parse(core.about());
  }
  /** The contracts that come with the package. */
  static get builtInNames() {
    return JSON.parse(core_exports.builtInNames());
  }
  /** A contract that comes with the package. */
  static builtIn(name) {
    const known = BUILT_IN.get(name) ?? new _Contract(ask(() => Contract.builtIn(name)));
    BUILT_IN.set(name, known);
    return known;
  }
  /** A contract from its JSON: a text, bytes, or the value itself. Throws with everything that is wrong with it. */
  static load(source) {
    const text = typeof source === "string" || source instanceof Uint8Array ? source : toJson(source, "INVALID_CONTRACT", "the contract");
    const bytes2 = typeof text === "string" ? new TextEncoder().encode(text) : text;
    return new _Contract(ask(() => Contract.load(bytes2)));
  }
  /** The contract of a built-in provider's name, or, on Node, Deno and Bun, of a contract file: what has a slash in it or ends with `.json`. */
  static of(provider) {
    if (provider instanceof _Contract)
      return provider;
    if (typeof provider !== "string")
      throw mistake2("INVALID_CONTRACT", "the provider is a name, a contract file or a Contract");
    return /[/\\]|\.json$/i.test(provider) ? _Contract.load(read(provider)) : _Contract.builtIn(provider);
  }
  /** The provider's name. */
  get id() {
    return this.about.id;
  }
  /** The provider's name for people. */
  get title() {
    return this.about.title;
  }
  /** Counts the changes of the contract. */
  get revision() {
    return this.about.revision;
  }
  /** Where the provider is reached. */
  get baseUrl() {
    return this.about.base;
  }
  /** The models that it lists, and what each makes. */
  get models() {
    return this.about.models;
  }
  /** Whether models that it does not list pass through, unchecked. */
  get isOpen() {
    return this.about.isOpen;
  }
  /** Whether the provider can be asked to stop a task. */
  get canCancel() {
    return this.about.canCancel;
  }
  /** The JSON of the contract. */
  toJson() {
    return this.core.source();
  }
  /** Reads every sample that the contract holds and says how many mean what they say; throws with those that do not. */
  checkSamples() {
    return ask(() => this.core.checkSamples());
  }
};
function read(path) {
  const files = builtin("node:fs");
  if (!files)
    throw mistake2("INVALID_CONTRACT", `the contract file ${path} cannot be read here: load its text with Contract.load`);
  const unreadable = (reason) => mistake2("INVALID_CONTRACT", `the contract file ${path} cannot be read: ${reason}`);
  let file;
  try {
    file = files.openSync(path, "r");
  } catch (error) {
    throw unreadable(error.message);
  }
  try {
    const { size } = files.fstatSync(file);
    if (size > LARGEST)
      throw mistake2("INVALID_CONTRACT", `the contract file ${path} is larger than ${LARGEST} bytes`);
    const bytes2 = new Uint8Array(LARGEST + 1);
    let length = 0;
    for (let more = -1; more !== 0 && length < bytes2.length; length += more) {
      more = files.readSync(file, bytes2, length, bytes2.length - length, null);
    }
    if (length > LARGEST)
      throw mistake2("INVALID_CONTRACT", `the contract file ${path} is larger than ${LARGEST} bytes`);
    return bytes2.slice(0, length);
  } catch (error) {
    throw error instanceof Error && "reply" in error ? error : unreadable(error.message);
  } finally {
    files.closeSync(file);
  }
}

// dist/io.js
function bytesOf(bytes2) {
  if ("text" in bytes2)
    return new TextEncoder().encode(bytes2.text);
  return Uint8Array.from(atob(bytes2.base64), (letter) => letter.charCodeAt(0) & 127);
}

// dist/sansio.js
var EMPTY = { text: "" };
var Pacer2 = class {
  /** @internal */
  core = new Pacer();
  /** The whole account was asked to pause until this time. */
  hold(contract, baseUrl, account, until) {
    this.core.hold(contract.core, baseUrl, account, timeOf(until));
  }
};
var Machine2 = class _Machine {
  #core;
  constructor(made) {
    this.#core = made;
  }
  /** Checks a generation and prepares its task. */
  static prepare(contract, of) {
    const [input, options] = generation(of);
    return new _Machine(ask(() => Machine.prepare(contract.core, of.model, input, options, settingsOf(of.settings), of.entropy, timeOf(of.now))));
  }
  /** A machine for a stored record, as text or object, and its `request` blob. */
  static resume(contract, record, request, settings) {
    const json = typeof record === "string" ? record : toJson(record, "STORE_ERROR", "the record");
    return new _Machine(ask(() => Machine.resume(contract.core, json, request, settingsOf(settings))));
  }
  /** A machine for a question about a task that is not stored: how it is, or with `details` what it made. */
  static ask(contract, taskId, of) {
    return new _Machine(ask(() => Machine.ask(contract.core, of.model ?? "", taskId, of.details ?? false, settingsOf(of.settings), timeOf(of.now))));
  }
  /** Takes what happened and says what to do next, in order. An exception leaves the machine as it was. */
  step(input, now, pacer) {
    const outputs = "response" in input && input.kind === "response" ? this.#respond(input, now, pacer) : this.#step(input, void 0, now, pacer);
    return outputs.map((output) => {
      if (output.kind === "save")
        return { ...output, record: JSON.parse(output.record), json: output.record };
      if (output.kind === "yield" || output.kind === "finished")
        return { kind: output.kind, reply: Reply.of(output.reply) };
      return output;
    });
  }
  /** When to step `{ kind: "timeout" }`. */
  pollTimeout() {
    return this.#core.pollTimeout();
  }
  /** The record as it is now. */
  record() {
    return JSON.parse(this.#core.record());
  }
  /** The record as it is to be stored. */
  recordJson() {
    return this.#core.record();
  }
  /** How the task is. */
  reply() {
    return Reply.of(this.#core.reply());
  }
  /** The answer to a question: how the task is, or why that could not be read. */
  answer() {
    return Reply.of(this.#core.answer());
  }
  /** The code of why the last read brought nothing; `null` once one did. */
  lastFault() {
    return this.#core.lastFault() ?? null;
  }
  /** The submit as it would go out, without the key; `null` once it is no longer needed. */
  preview() {
    return JSON.parse(this.#core.preview() ?? "null");
  }
  /** The `request` blob; `null` once it is no longer needed. */
  requestBlob() {
    return this.#core.requestBlob() ?? null;
  }
  /** Lets go of its memory at once, where a garbage collector may take its time; nothing else may be called afterwards. */
  free() {
    this.#core.free();
  }
  /** Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended. */
  release(pacer) {
    this.#core.release(pacer.core);
  }
  #respond(input, now, pacer) {
    const { body, ...head } = input.response;
    return this.#step({ ...input, response: head }, body instanceof Uint8Array ? body : bytesOf(body ?? EMPTY), now, pacer);
  }
  #step(input, body, now, pacer) {
    return step(this.#core, input, body, timeOf(now), pacer.core);
  }
};
function validate(contract, of) {
  const [input, options] = generation(of);
  ask(() => contract.core.validate(of.model, input, options));
}
function canonicalRecord2(record) {
  return ask(() => core_exports.canonicalRecord(record));
}
function replyOf2(record, raw) {
  return Reply.of(ask(() => core_exports.replyOf(record, raw)));
}
function accountRequest(contract, operation, baseUrl = contract.baseUrl) {
  return JSON.parse(ask(() => contract.core.accountRequest(operation, baseUrl)));
}
function readAccount(contract, operation, response, now) {
  const { body, ...head } = response;
  const bytes2 = body instanceof Uint8Array ? body : bytesOf(body ?? EMPTY);
  const read2 = JSON.parse(ask(() => contract.core.readAccount(operation, JSON.stringify(head), bytes2, 0, timeOf(now))));
  return "reply" in read2 ? { code: read2["code"] ?? null } : read2;
}
function outcome2(ending, phase, processing = false, fault = null) {
  return JSON.parse(core_exports.outcome(ending, phase, processing, fault ?? "") ?? "null");
}
function splitMix642(seed, counter) {
  return core_exports.splitMix64(seed, counter);
}
function backoff2(baseMs, capMs, attempt, seed) {
  return core_exports.backoff(baseMs, capMs, attempt, seed);
}
function nextPoll2(elapsedMs, seed, schedule) {
  const { firstMs, everyMs, factorPct, capMs, minIntervalMs = 0n } = schedule;
  return core_exports.nextPoll(elapsedMs, seed, firstMs, everyMs, factorPct, capMs, minIntervalMs);
}
function generation({ input, key = null, owner = null, callbackUrl = null, options = {} }) {
  const own = toJson({ key, owner, callbackUrl, options }, "INVALID_PAYLOAD", "the options");
  return [toJson(input, "INVALID_PAYLOAD", "the payload"), own];
}
function timeOf(time) {
  if (typeof time === "number" && time >= 0 && Number.isFinite(time))
    return time;
  throw mistake2("UNSUPPORTED", `a time is a number of Unix milliseconds, not ${String(time).slice(0, 40)}`);
}
function settingsOf(settings) {
  return toJson(settings ?? {}, "UNSUPPORTED", "the settings");
}

// test/vectors/compare.mjs
var SHOWN = 300;
function canonical2(value) {
  if (Array.isArray(value)) return `[${value.map(canonical2).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const names = Object.keys(value).sort(byBytes);
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical2(value[name])}`).join(",")}}`;
}
function mustBeSame(what, expected, found) {
  const different = firstDifference(expected, found);
  if (different !== null) throw new Error(`${what}: ${different}`);
}
function firstDifference(expected, found, at = "") {
  if (isObject(expected) && isObject(found)) {
    for (const name of [.../* @__PURE__ */ new Set([...Object.keys(expected), ...Object.keys(found)])].sort(byBytes)) {
      const here = `${at}/${name}`;
      if (!Object.hasOwn(found, name)) return `${here}: expected ${shown(expected[name])}, found no such member`;
      if (!Object.hasOwn(expected, name)) return `${here}: expected no such member, found ${shown(found[name])}`;
      const different = firstDifference(expected[name], found[name], here);
      if (different !== null) return different;
    }
    return null;
  }
  if (Array.isArray(expected) && Array.isArray(found)) {
    for (let index = 0; index < Math.min(expected.length, found.length); index++) {
      const different = firstDifference(expected[index], found[index], `${at}/${index}`);
      if (different !== null) return different;
    }
    return expected.length === found.length ? null : `${at}: expected ${expected.length} items, found ${found.length}`;
  }
  if (canonical2(expected) === canonical2(found)) return null;
  const from = typeof expected === "string" && typeof found === "string" ? beginning(expected, found) : 0;
  return `${at}: expected ${shown(expected, from)}, found ${shown(found, from)}`;
}
function beginning(expected, found) {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  return Math.max(0, at - 40);
}
function scalar(value) {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : JSON.stringify(value) ?? String(value);
}
function shown(value, from = 0) {
  const text = typeof value === "string" && from > 0 ? `...${JSON.stringify(value.slice(from))}` : canonical2(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}...`;
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function byBytes(one, other) {
  const [left, right] = [[...one], [...other]];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = left[index].codePointAt(0) - right[index].codePointAt(0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

// test/vectors/scene.mjs
var ANSWER_MS = 200;
var ANSWER = { headers: {}, body: { text: "" }, end: "whole" };
function wireOf(bytes2) {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes2) };
  } catch {
    return { base64: btoa(Array.from(bytes2, (byte) => String.fromCharCode(byte)).join("")) };
  }
}
var Scene = class _Scene {
  sent;
  stored;
  request;
  constructor(contract, machine, settings, now) {
    this.contract = contract;
    this.machine = machine;
    this.settings = settings;
    this.now = now;
    this.pacer = new Pacer2();
  }
  /** Prepares a generation. The intent's id and the seed of all jitter are part of the entropy. */
  static prepared(contract, generation2, { entropy, now, options = {}, settings = {} }) {
    const bytes2 = Uint8Array.from(entropy.match(/../g), (digits) => Number.parseInt(digits, 16));
    return new _Scene(contract, Machine2.prepare(contract, { ...generation2, ...options, entropy: bytes2, now, settings }), settings, now);
  }
  /** Asks about a task that is not stored, up to the request of this operation. */
  static asked(contract, model, taskId, operation, now) {
    const scene = new _Scene(contract, Machine2.ask(contract, taskId, { model, details: operation === "result", now }), {}, now);
    if (operation === "cancel") scene.step({ kind: "cancel" });
    scene.step({ kind: "timeout" });
    if (operation === "cancel" && scene.sent?.operation === "status") {
      scene.stepAnswer({ status: 200, body: { text: '{"status":"PENDING","state":"queued"}' } });
      scene.step({ kind: "timeout" });
    }
    return scene;
  }
  /** Steps an input now, and notes what the machine wants done. */
  step(input) {
    this.sent = void 0;
    return this.machine.step(input, this.now, this.pacer).map((output) => this.#noted(output));
  }
  /** Answers the request that the last step sent, at the same time. */
  stepAnswer(response) {
    return this.step({ kind: "response", request: this.#asked(), response: { ...ANSWER, ...response } });
  }
  /** Steps a time-out when it is due. */
  timeout() {
    this.now = Math.max(this.now, this.machine.pollTimeout());
    this.step({ kind: "timeout" });
  }
  /** Answers the request that the last step sent, a moment later. */
  respond(response) {
    this.now += ANSWER_MS;
    return this.stepAnswer(response);
  }
  /** Lets the request that the last step sent go without an answer. */
  undelivered(delivery) {
    this.now += ANSWER_MS;
    this.step({ kind: "undelivered", request: this.#asked(), delivery, reason: "connection reset" });
  }
  /** Tells the pacer that the whole account was asked to pause. */
  hold(until) {
    const { base, account } = this.machine.record();
    this.pacer.hold(this.contract, base, account, until);
  }
  /** Ends the process; another one, with a pacer of its own, goes on from the text that was saved last. */
  resume() {
    this.machine = Machine2.resume(this.contract, this.stored, this.request, this.settings);
    this.pacer = new Pacer2();
  }
  /** What was asked for, in the form of the vectors, after a look at each other form that a driver gets it in. */
  #noted(output) {
    switch (output.kind) {
      case "save": {
        const { json, ...save } = output;
        mustBeSame("the record that is saved, as text", canonical2(save.record), json);
        mustBeSame("the record that is saved, and the machine's", json, this.machine.recordJson());
        this.stored = json;
        for (const blob of save.blobs) if (blob.name === "request") this.#keep(blob.bytes);
        return save;
      }
      case "transmit":
        this.sent = output.request;
        mustBeSame("the body as bytes", output.request.body, wireOf(bytesOf(output.request.body)));
        return output;
      case "yield":
      case "finished":
        return { kind: output.kind, reply: JSON.parse(output.reply.toJson()) };
      default:
        return output;
    }
  }
  #keep(bytes2) {
    this.request = bytes2 === null ? void 0 : bytesOf(bytes2);
    if (bytes2 !== null) mustBeSame("the blob that is saved, and the machine's", bytes2, wireOf(this.machine.requestBlob()));
  }
  #asked() {
    if (this.sent === void 0) throw new Error("nothing was sent that could be answered");
    return this.sent.id;
  }
};

// test/vectors/shelf.mjs
var FOLDER = "vectors/";
var Shelf = class {
  #texts;
  #cases = /* @__PURE__ */ new Map();
  #contracts = /* @__PURE__ */ new Map();
  constructor(texts2) {
    this.#texts = texts2;
    this.manifest = this.#read("vectors/manifest.json");
  }
  /** The files of cases that are there, whatever the manifest says. */
  get stored() {
    const names = Object.keys(this.#texts).filter((path) => /^vectors\/[^/]+\.json$/.test(path));
    return names.map((path) => path.slice(FOLDER.length, -".json".length)).filter((name) => name !== "manifest");
  }
  /** The contracts that are there as files. */
  get storedContracts() {
    return Object.keys(this.#texts).filter((path) => /(^|\/)contracts\/[^/]+\.json$/.test(path));
  }
  /** The cases of a file. */
  cases(name) {
    return kept(this.#cases, name, () => this.#read(`${FOLDER}${name}.json`).cases);
  }
  /** A contract by its name in the vectors: a built-in one, or a path. */
  contract(name) {
    return kept(this.#contracts, name, () => name.endsWith(".json") ? Contract2.load(this.#text(name)) : Contract2.builtIn(name));
  }
  /** The generation of a contract that cases mean which name none. */
  example(name) {
    const title = `${name}: the example is valid`;
    const found = this.cases("validate").find((each) => each.name === title);
    if (found === void 0) throw new Error(`no case is named "${title}"`);
    return found.generation;
  }
  #read(path) {
    return JSON.parse(this.#text(path));
  }
  #text(path) {
    const text = this.#texts[path];
    if (text === void 0) throw new Error(`there is no ${path}`);
    return text;
  }
};
function kept(map, name, make) {
  if (!map.has(name)) map.set(name, make());
  return map.get(name);
}

// test/vectors/texts.mjs
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
var ROOT = fileURLToPath(new URL("../../../tests/", import.meta.url));
var FOLDERS = ["contracts", "vectors", "vectors/contracts"];
function texts() {
  const paths = FOLDERS.flatMap((folder) => readdirSync(ROOT + folder).map((name) => `${folder}/${name}`));
  const files = paths.filter((path) => path.endsWith(".json")).sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(ROOT + path, "utf8")]));
}

// test/vectors/sansio.test.mjs
var { Contract: Contract3, Machine: Machine3, Pacer: Pacer3 } = sansio_exports;
var NOW = 179e10;
var ENTROPY = "0123456789abcdef".repeat(4);
var shelf = new Shelf(texts());
function prepared(name, settings = {}) {
  return Scene.prepared(shelf.contract(name), shelf.example(name), { entropy: ENTROPY, now: NOW, settings });
}
function refused(call, code) {
  assert.throws(call, (error) => error instanceof GentaskError && error.code === code);
}
test("what is no time is refused, and changes nothing", () => {
  const scene = prepared("apixo");
  const contract = shelf.contract("apixo");
  const before = scene.machine.recordJson();
  for (const time of [void 0, null, Number.NaN, Number.POSITIVE_INFINITY, -1, "1790000000000", 1790000000000n, new Date(NOW)]) {
    const { model, input } = shelf.example("apixo");
    refused(() => Machine3.prepare(contract, { model, input, entropy: new Uint8Array(32), now: time }), "UNSUPPORTED");
    refused(() => Machine3.ask(contract, "task_1", { model, now: time }), "UNSUPPORTED");
    refused(() => scene.machine.step({ kind: "timeout" }, time, scene.pacer), "UNSUPPORTED");
    refused(() => scene.pacer.hold(contract, contract.baseUrl, "default", time), "UNSUPPORTED");
    refused(() => readAccount(contract, "account", { status: 200, headers: {}, body: { text: "{}" }, end: "whole" }, time), "UNSUPPORTED");
  }
  assert.equal(scene.machine.recordJson(), before);
});
test("a resumed machine has the settings that it is resumed with", () => {
  const scene = prepared("apixo", { holder: "one" });
  const [record, request] = [scene.machine.recordJson(), scene.machine.requestBlob()];
  for (const holder of ["one", "other"]) {
    const machine = Machine3.resume(shelf.contract("apixo"), record, request, { holder });
    const [save] = machine.step({ kind: "timeout" }, NOW, new Pacer3());
    assert.equal(save.record.lease.holder, holder);
  }
});
test("a record is resumed as an object as it is as text", () => {
  const { machine } = prepared("apixo");
  const again = Machine3.resume(shelf.contract("apixo"), machine.record(), machine.requestBlob());
  assert.equal(again.recordJson(), machine.recordJson());
  refused(() => Machine3.resume(shelf.contract("apixo"), { ...machine.record(), version: Number.NaN }, machine.requestBlob()), "STORE_ERROR");
});
test("an answer that is no UTF-8 is taken as its bytes, in both forms: no task id is made up of it", () => {
  const broken = Uint8Array.from([...new TextEncoder().encode('{"taskId":"a1'), 255, ...new TextEncoder().encode('"}')]);
  assert.deepEqual(Object.keys(wireOf(broken)), ["base64"]);
  const records = [broken, wireOf(broken)].map((body) => {
    const scene = prepared("aivideomaker");
    scene.timeout();
    scene.respond({ status: 200, body });
    return scene.machine.record();
  });
  assert.deepEqual(records[0], records[1]);
  assert.equal(records[0].taskId, null);
  assert.equal(records[0].maybeSent, true);
  assert.deepEqual(bytesOf(wireOf(broken)), broken);
});
test("an answer without a body has an empty one", () => {
  const [record, ...others] = [{}, { body: void 0 }, { body: { text: "" } }, { body: new Uint8Array() }].map((body) => {
    const scene = prepared("aivideomaker");
    scene.timeout();
    const response = { status: 500, headers: {}, end: "whole", ...body };
    scene.step({ kind: "response", request: scene.sent.id, response });
    return scene.machine.recordJson();
  });
  for (const other of others) assert.equal(other, record);
});
test("text is the same as bytes, with the white space around it and the mark before it", () => {
  for (const text of ["", " a ", "\uFEFF{}\r\n", "\u{1F305}\0"]) assert.deepEqual(wireOf(bytesOf({ text })), { text });
});
test("a payload that JSON cannot hold is refused as a payload, with the path to each fault", () => {
  const { model, input } = shelf.example("apixo");
  const faulty = { ...input, seed: Number.NaN, more: [void 0, 1n] };
  for (const check2 of [
    () => validate(shelf.contract("apixo"), { model, input: faulty }),
    () => Machine3.prepare(shelf.contract("apixo"), { model, input: faulty, entropy: new Uint8Array(32), now: NOW })
  ]) {
    assert.throws(check2, (error) => {
      assert.equal(error.code, "INVALID_PAYLOAD");
      assert.deepEqual(error.violations.map(({ path }) => path), ["/seed", "/more/0", "/more/1"]);
      return true;
    });
  }
});
test("the shortest interval bounds a poll schedule", () => {
  const schedule = { firstMs: 10n, everyMs: 10n, factorPct: 100n, capMs: 10n };
  assert.ok(nextPoll2(0n, 1n, schedule) < 60000n);
  assert.ok(nextPoll2(0n, 1n, { ...schedule, minIntervalMs: 60000n }) >= 60000n);
});
test("a contract is the same from a text, from bytes and from its value", () => {
  for (const path of shelf.storedContracts) {
    const text = texts()[path];
    const loaded = [text, new TextEncoder().encode(text), JSON.parse(text)].map((source) => Contract3.load(source).toJson());
    assert.equal(new Set(loaded).size, 1, path);
    assert.equal(Contract3.of(ROOT + path).toJson(), loaded[0]);
  }
});
test("a call about the account goes to the base that is named", () => {
  const contract = shelf.contract("apixo");
  assert.equal(accountRequest(contract, "account").url.startsWith(`${contract.baseUrl}/`), true);
  assert.equal(accountRequest(contract, "account", "http://127.0.0.1:1/p").url.startsWith("http://127.0.0.1:1/p/"), true);
});
test("the table of replies has no row for words that are none", () => {
  assert.equal(outcome2("never heard of", "waiting"), null);
  assert.equal(outcome2("snapshot", "never heard of"), null);
});
/*! Decompression by fflate (https://github.com/101arrowz/fflate):

MIT License

Copyright (c) 2026 Arjun Barrett

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/
