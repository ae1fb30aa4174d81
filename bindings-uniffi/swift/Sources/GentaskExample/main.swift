// A small command over the package: every verb prints JSON, and its exit code says what came of it.
//
//     gentask-example demo
//     gentask-example run --provider apixo --model nano-banana --payload '{"mode":"text-to-image","prompt":"a sunset"}' --key order-42
//     gentask-example status INTENT --provider apixo
//
// The API key comes from the provider's environment variable, such as APIXO_API_KEY.

import Foundation
import Gentask

let usage = """
    usage: gentask-example VERB [NAMES] [FLAGS]

      demo                     one picture from submit to file, at a simulated provider
      run                      submit and wait: --model M --payload JSON [--key K] [--owner O] [--callback-url URL] [--no-wait] [--out DIR]
      status, get, cancel ID   one task by its intent's id, or by the provider's id [--model M] [--out DIR]
      list, unresolved         stored tasks [--owner O] [--phase P,P] [--unfinished] [--limit N]
      resume                   drive every unfinished task to its end, one reply a line
      adopt INTENT TASK        settle a submit whose outcome is not known
      discard INTENT           give such a submit up
      account                  what the account holds

    flags of all: --provider NAME|FILE --base-url URL --account LABEL --store FILE --timeout SECONDS --poll-initial SECONDS --poll-cap SECONDS
    exit codes: 0 success, 1 failed, 2 usage error, 3 API key or credits, 4 still running, 5 outcome of a submit unknown, 6 task store
    """

do {
    let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
    exit(try await perform(arguments))
} catch let error as GentaskError {
    print(error.reply.json)
    exit(exitCode(error.reply))
} catch let misuse as Misuse {
    FileHandle.standardError.write(Data("gentask-example: \(misuse)\n\(usage)\n".utf8))
    exit(2)
}

func perform(_ arguments: Arguments) async throws -> Int32 {
    if arguments.verb == "demo" { return try await demo() }
    guard let verb = verbs[arguments.verb] else { throw Misuse(description: "no verb is called \(arguments.verb)") }
    let client = try arguments.client()
    do {
        let code = try await verb(client, arguments)
        // A submit that is under way is saved first.
        await client.close()
        return code
    } catch {
        await client.close()
        throw error
    }
}

func exitCode(_ reply: Reply) -> Int32 {
    let isRunning = [.pending, .processing].contains(reply.status)
    switch reply.errorCode {
    case nil: return 0
    case .authFailed, .insufficientCredits: return 3
    case .invalidModel, .invalidPayload, .invalidContract, .unsupported: return 2
    case .submitUnknown: return 5
    case .storeError: return 6
    case .waitTimeout: return 4
    case .rateLimited, .responseTooLarge: return isRunning ? 4 : 1
    default: return 1
    }
}
