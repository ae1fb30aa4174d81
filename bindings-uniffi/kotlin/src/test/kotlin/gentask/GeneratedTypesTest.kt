package gentask

import gentask.models.aivideomaker.T2vInput
import gentask.models.apidot.GptImage2Input
import gentask.models.apixo.NanoBananaInput
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** What `gentask types --lang kotlin` writes is compiled with the tests, and makes payloads that the contracts accept. */
internal class GeneratedTypesTest {
    @Test
    fun `inputs are payloads that the contracts accept`() {
        val image = GptImage2Input(prompt = "a fox", quality = GptImage2Input.GptImage2InputQualityChoice.LOW)
        assertEquals(mapOf("prompt" to "a fox", "quality" to "low"), image.toPayload())
        Contract.of("apidot").validate("gpt-image-2", image.toPayload())
        val film = T2vInput(
            prompt = "waves",
            aspectRatio = T2vInput.T2vInputAspectRatioChoice.V_16_9,
            duration = T2vInput.T2vInputDurationChoice.V_5,
        )
        Contract.of("aivideomaker").validate("t2v", film.toPayload())
        val fox = NanoBananaInput(mode = NanoBananaInput.NanoBananaInputModeChoice.TEXT_TO_IMAGE, prompt = "a fox")
        Contract.of("apixo").validate("nano-banana", fox.toPayload())
    }
}
