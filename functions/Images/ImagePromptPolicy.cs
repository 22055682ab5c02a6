using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Images;

/// <summary>Decides from the scores of a prompt whether a picture may be made of it: by the rules for posts and for pictures, and no person is asked.</summary>
public static class ImagePromptPolicy
{
    /// <summary>
    /// Why the picture is not made, in a sentence for the person who asked; null when it may be made. What would be held for review or removed
    /// as a post is not drawn; what would be shown with a warning is, and is moderated again when it is posted. Pure.
    /// </summary>
    public static string? Refusal(IReadOnlyList<HarmScore> scores, ModerationOptions options)
    {
        var thresholds = options.PictureThresholds();
        var (decisive, status) = scores
            .Select(score => (Score: score, ModerationPolicy.Decide([score], thresholds, mayWarn: true).Status))
            .OrderByDescending(entry => entry.Status)
            .ThenByDescending(entry => entry.Score.Score)
            .ThenBy(entry => entry.Score.Category)
            .FirstOrDefault();
        return status is ModerationStatus.Held or ModerationStatus.Removed ? Sentence(decisive) : null;
    }

    private static string Sentence(HarmScore score) => double.IsNaN(score.Score)
        ? score.Unjudged switch
        {
            Unjudged.Declined or Unjudged.Filtered => "The picture was not made: the model that checks descriptions would not judge this one. Please describe it differently.",
            Unjudged.TooLong => "The picture was not made: its description is too long to be checked. Please shorten it.",
            _ => "The picture was not made: its description could not be checked.",
        }
        : score.Category switch
        {
            HarmCategory.SelfHarm => "The picture was not made: its description may be about suicide or self-harm. If it is about you, please talk to somebody; help lines are there at any hour.",
            HarmCategory.Harassment => Because("an insult or harassment of a person"),
            HarmCategory.Hate => Because("hatred against people for who they are"),
            HarmCategory.Violence => Because("a threat of violence or a call for it"),
            HarmCategory.Sexual => Because("something sexually explicit"),
            HarmCategory.Spam => Because("spam or fraud"),
            HarmCategory.IllegalGoods => Because("trade in illegal goods"),
            HarmCategory.SexualMinors => Because("a sexualised picture of a child or a young person"),
            HarmCategory.Nudity => Because("nudity"),
            HarmCategory.Gore => Because("mutilation or other extreme violence shown in detail"),
            HarmCategory.ExtremistSymbols => Because("symbols of extremist organisations"),
            _ => Because("something the rules do not allow"),
        };

    private static string Because(string what) => $"The picture was not made: its description may ask for {what}. Please describe it differently.";
}
