using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Benchmarks;

/// <summary>Somebody who reads.</summary>
internal static class BenchmarkReader
{
    /// <summary>Signs them up.</summary>
    public static async Task<(string Token, string ProfileId)> SignUpAsync(HttpClient client)
    {
        using var issued = await client.PostAsJsonAsync("dev/token", new { subject = "reader" });
        var token = (await issued.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = JsonContent.Create(new { handle = "reader", displayName = "Reader" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var made = await client.SendAsync(request);
        return (token, (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
    }
}
