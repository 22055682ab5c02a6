using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Tests.Infrastructure;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Platform.Text;

public sealed partial class WordingTests
{
    /// <summary>Where sentences are said to people: every literal there that is one is told in both languages.</summary>
    private static readonly string[] Speaking =
    [
        "functions/Moderation/DecisionRecords.cs", "functions/Moderation/AccountSubject.cs", "functions/Moderation/ModerateMedia.cs", "functions/Moderation/ModerateProfile.cs",
        "functions/Moderation/TextCheck.cs", "functions/Moderation/UnfinishedChecks.cs", "functions/Moderation/ModerationPolicy.cs", "functions/Moderation/IModerated.cs",
        "functions/Images/ImagePromptPolicy.cs", "functions/Images/GenerateImageDeadLetter.cs", "functions/Images/ImageNotifications.cs", "functions/Posts/PostRules.cs", "functions/Posts/PostPresenter.cs",
        "functions/Posts/Editing/ModeratePostEdit.cs", "functions/Posts/Editing/ModeratePostEditDeadLetter.cs", "functions/Reports/ReportAnswers.cs", "functions/Polls/EndPoll.cs",
        "functions/Exports/MakeExport.cs", "functions/Exports/MakeExportDeadLetter.cs", "functions/Drafts/Scheduling/PublishScheduledPost.cs",
    ];

    [Fact]
    public void Whatever_the_policy_says_has_a_name_and_is_told_in_German()
    {
        var scores = Enum.GetValues<HarmCategory>().SelectMany(category => (double[])[0.5, 0.7, 0.9, 1], (category, score) => new HarmScore(category, score, null))
            .Concat(Enum.GetValues<Unjudged>().Select(HarmScore.Unknown));
        Assert.All(scores, score =>
        {
            Known(ModerationPolicy.Decide([score], new ModerationOptions()).Reason);
            Known(RefusalOf(score));
        });

        static string? RefusalOf(HarmScore score) => ServerlessSocial.Images.ImagePromptPolicy.Refusal([score], new ModerationOptions());

        static void Known(string? reason)
        {
            if (reason is not null)
            {
                Assert.NotNull(Wording.Of(reason).Code);
                Assert.NotEqual(reason, InGerman(reason));
            }
        }
    }

    [Fact]
    public void Every_sentence_in_the_code_that_people_are_told_stands_in_the_list()
    {
        var said = Speaking.SelectMany(path => Literal().Matches(Repository.Read(path)).Select(match => match.Groups["text"].Value)).Where(text => !text.Contains('{')).Distinct().ToList();
        Assert.InRange(said.Count, 40, 100);
        Assert.DoesNotContain(said, text => InGerman(text.Trim()) == text.Trim());
    }

    [Fact]
    public void Several_sentences_and_a_persons_words_behind_them_are_told_each_as_it_is()
    {
        var text = "A person removed your post. You can appeal. It names somebody. You can appeal.";
        Assert.Equal("Ein Mensch hat deinen Beitrag entfernt. Du kannst Einspruch erheben. It names somebody. You can appeal.", InGerman(text));
        Assert.Equal("person.removed", Wording.Of(text).Code);
        Assert.Equal(text, Wording.Of(text).Words);
        Assert.Equal("held.hate", Wording.Of("Your profile: Held for a person to review: it may contain hatred against people for who they are.").Code);
        Assert.Equal((null, "Because I say so."), (Wording.Of("Because I say so.").Code, InGerman("Because I say so.")));
        Assert.Equal(default, Wording.Of(null));
        Assert.Equal(string.Empty, Wording.Of(string.Empty).Words);
    }

    [Theory]
    [InlineData(null, "Held")]
    [InlineData("de", "Zurückgehalten")]
    [InlineData("de-CH, en;q=0.8", "Zurückgehalten")]
    [InlineData("fr, en;q=0.8, de;q=0.9", "Zurückgehalten")]
    [InlineData("de;q=0.1, en", "Held")]
    [InlineData("de;q=0", "Held")]
    [InlineData("*", "Held")]
    [InlineData("not a language!", "Held")]
    public async Task Callers_are_told_in_the_language_they_prefer(string? language, string begins)
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var anna = await host.SignUpAsync("anna");
        var post = await host.PostAsync(anna, "[Violence]");
        anna.Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);
        var moderation = (await anna.Client.ReadAsync($"posts/{post}")).GetProperty("moderation");
        Assert.NotEqual("approved", moderation.Text("status"));
        Assert.Matches($"^({begins}|{(begins == "Held" ? "Removed" : "Entfernt")})", moderation.Text("reason"));
        Assert.EndsWith(".violence", moderation.Text("reasonCode"));
        var told = (await anna.ItemsAsync("notifications")).Single();
        Assert.Equal(moderation.Text("reason"), told.Text("text"));
        Assert.Equal(moderation.Text("reasonCode"), told.Text("textCode"));
    }

    private static string? InGerman(string text)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-AT");
            return Wording.Of(text).Words;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [GeneratedRegex("(?<=[^$@(])\"(?<text>[A-Z][^\"]*\\.)\"(?=\\s*(;|,|\\)|$|\\n))", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
